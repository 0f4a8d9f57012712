import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
 * @param text as a whole, or in pieces that are made while it is written
 * @throws the error of the file system
 */
export function writeFileAtomically(file: string, text: string | Iterable<string>): void {
  makeFolder(path.dirname(file));
  const neighbour = neighbourOf(file);
  try {
    writeNew(neighbour, typeof text === 'string' ? [text] : text);
    renameSync(neighbour, file);
  } catch (error) {
    if (existsSync(neighbour)) rmSync(neighbour);
    throw error;
  }
}

/** Characters that are written together. */
const portion = 256 * 1024;

function writeNew(file: string, pieces: Iterable<string>): void {
  const descriptor = openSync(file, 'wx');
  try {
    let waiting = '';
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length < portion) continue;
      writeFileSync(descriptor, waiting);
      waiting = '';
    }
    writeFileSync(descriptor, waiting);
  } finally {
    closeSync(descriptor);
  }
}
