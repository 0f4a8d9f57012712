import { randomUUID } from 'node:crypto';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { packageVersion } from '../../engine/catalogue/package-root.ts';
import { type EventLog, openEventLog } from '../../engine/results/event-log-file.ts';
import type { ChosenSet } from '../../engine/cases/requirement-set.ts';
import type { Target } from '../../engine/target/target.ts';
import type { TargetRun } from './execute-run.ts';
import type { Gates } from './gates.ts';
import { runHeader } from './run-header.ts';
import type { ChosenCases } from './run-plan.ts';

/** What all runs of a command have in common. */
export interface RunIdentity {
  readonly chosen: ChosenCases;
  readonly set: ChosenSet;
  readonly gates: Gates;
  readonly seed: number;
  readonly repeat: number;
  readonly strict: boolean;
}

const unwrittenLog: EventLog = {
  append: () => undefined,
  close: () => undefined,
  remove: () => undefined,
};

/**
 * Begins the log of each target's run.
 * @param folderOf the folder for log and reports; undefined for a run that writes nothing
 * @throws ConfigurationError when a folder cannot be written
 */
export function openRuns(
  targets: readonly Target[],
  { chosen, set, gates, seed, repeat, strict }: RunIdentity,
  folderOf: (target: Target, isAlone: boolean) => string | undefined,
): TargetRun[] {
  const startedAt = new Date().toISOString();
  const runs: TargetRun[] = [];
  try {
    for (const target of targets) {
      const folder = folderOf(target, targets.length === 1);
      const identity = { id: randomUUID(), startedAt, seed, repeat, strict, set };
      // A list that is written anew says only afterwards what was known.
      const entries = gates.knownIssues?.update === true ? [] : (gates.knownIssues?.entries ?? []);
      const header = runHeader(target, chosen, identity, entries, loadCatalogue(), packageVersion());
      const log = folder === undefined ? unwrittenLog : openEventLog(folder, header);
      runs.push({ target, header, folder, log, records: [], targetRecord: undefined });
    }
  } catch (error) {
    for (const { log } of runs) log.close();
    throw error;
  }
  return runs;
}
