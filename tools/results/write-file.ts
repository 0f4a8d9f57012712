import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes a file whole or not at all: into a neighbour that then takes its name, so that no reader ever sees half.
 * @throws the error of the file system
 */
export function writeFileAtomically(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const neighbour = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(neighbour, text);
    renameSync(neighbour, file);
  } catch (error) {
    rmSync(neighbour, { force: true });
    throw error;
  }
}
