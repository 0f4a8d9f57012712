import { randomBytes } from 'node:crypto';
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
 * A file beside another, to be made anew and then to take its name. Nobody else can have made it: two containers that
 * share a folder may well have the same process id, and a link of that name would lead elsewhere.
 */
export function neighbourOf(file: string): string {
  return `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
}

/**
 * Writes a file whole or not at all: into a neighbour that then takes its name, so that no reader ever sees half.
 * @throws the error of the file system
 */
export function writeFileAtomically(file: string, text: string): void {
  makeFolder(path.dirname(file));
  const neighbour = neighbourOf(file);
  try {
    writeFileSync(neighbour, text, { flag: 'wx' });
    renameSync(neighbour, file);
  } catch (error) {
    if (existsSync(neighbour)) rmSync(neighbour);
    throw error;
  }
}
