import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../contract/errors.ts';

/** Reads a file that the user named. @throws ConfigurationError when it cannot be read */
export function readUserFile(file: string, what: string, workingDirectory: string): string {
  try {
    return readFileSync(path.resolve(workingDirectory, file), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const problem =
      code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${String(code)})`;
    throw new ConfigurationError(`${what} ${file} ${problem}.`);
  }
}
