import path from 'node:path';
import { readBoundedFile } from '../catalogue/bounded-file.ts';
import { ConfigurationError } from '../catalogue/errors.ts';

/** More than any file that people or their tools write for this one. */
const sizeLimit = 16 * 1024 * 1024;

/** Reads a file that the user named. @throws ConfigurationError when it cannot be read */
export function readUserFile(file: string, what: string, workingDirectory: string): string {
  try {
    return readBoundedFile(path.resolve(workingDirectory, file), sizeLimit);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const known = { ENOENT: 'does not exist', EISDIR: 'is a folder', EFBIG: 'is larger than 16 MiB; check its name' };
    const problem = Object.entries(known).find(([name]) => name === code)?.[1] ?? `cannot be read (${String(code)})`;
    throw new ConfigurationError(`${what} ${file} ${problem}.`);
  }
}
