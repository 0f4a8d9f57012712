import { closeSync, fstatSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../catalogue/errors.ts';
import type { RunEvent, RunHeader } from './results.ts';
import { makeFolder, neighbourOf } from './write-file.ts';

export const eventLogName = 'events.jsonl';

/** An event as its line, with the end of the line. */
export function eventLine(event: RunEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** The log of a run while it is written. */
export interface EventLog {
  /** Appends an event. Never throws: the results do not depend on the log. */
  append(event: RunEvent): void;
  close(): void;
  /** Deletes the log, once results.json says all that it does. Never throws; the log of another run stays. */
  remove(): void;
}

/** The sentence for a report folder that cannot be written. */
export function folderProblem(folder: string, error: unknown): ConfigurationError {
  const problem = error instanceof Error ? error.message : String(error);
  return new ConfigurationError(
    `The reports cannot be written to ${folder}: ${problem}. Give another folder with --report-dir.`,
  );
}

/**
 * Begins the log of a run in a report folder, which is made when it is missing. The new log takes the name of an old
 * one at once and whole, so two runs into one folder do not write into each other's.
 * @throws ConfigurationError when the folder cannot be written
 */
export function openEventLog(folder: string, header: RunHeader): EventLog {
  const file = path.join(folder, eventLogName);
  const neighbour = neighbourOf(file);
  let descriptor: number | undefined;
  try {
    makeFolder(folder);
    if (statSync(path.join(folder, 'results.json'), { throwIfNoEntry: false })?.isDirectory() === true) {
      throw new Error('results.json is a folder there');
    }
    descriptor = openSync(neighbour, 'wx');
    writeSync(descriptor, eventLine(header));
    renameSync(neighbour, file);
  } catch (error) {
    if (descriptor !== undefined) {
      closeSync(descriptor);
      rmSync(neighbour, { force: true });
    }
    throw folderProblem(folder, error);
  }
  const own = fstatSync(descriptor);
  let open: number | undefined = descriptor;
  const close = () => {
    if (open !== undefined) closeSync(open);
    open = undefined;
  };
  return {
    append(event) {
      if (open === undefined) return;
      try {
        writeSync(open, eventLine(event));
      } catch {
        // A full disk say: what came before can still be read.
        close();
      }
    },
    close,
    remove() {
      close();
      try {
        const there = statSync(file, { throwIfNoEntry: false });
        if (there?.ino === own.ino && there.dev === own.dev) rmSync(file);
      } catch {
        // It says nothing that results.json does not say.
      }
    },
  };
}
