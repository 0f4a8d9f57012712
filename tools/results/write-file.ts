import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it. Node's own `recursive` does not end where the system says of an existing parent
 * that it does not exist, as below /proc.
 * @throws the error of the file system
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another run may have made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
}

/**
 * Writes a file whole or not at all: into a neighbour that then takes its name, so that no reader ever sees half.
 * @throws the error of the file system
 */
export function writeFileAtomically(file: string, text: string): void {
  makeFolder(path.dirname(file));
  const neighbour = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(neighbour, text);
    renameSync(neighbour, file);
  } catch (error) {
    if (existsSync(neighbour)) rmSync(neighbour);
    throw error;
  }
}
