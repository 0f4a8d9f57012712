import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { brokenRatchets, type Figures } from '../../engine/results/ratchet.ts';
import type { ListedIssue, Results } from '../../engine/results/results.ts';

/** A file of the user's that a run reads and may write anew. */
export interface GateFile {
  /** As the user wrote it, for messages. */
  readonly name: string;
  readonly path: string;
  /** Undefined when it does not exist yet. */
  readonly text: string | undefined;
  readonly update: boolean;
}

export interface KnownIssuesGate extends GateFile {
  readonly entries: readonly ListedIssue[];
}

export interface RatchetGate extends GateFile {
  readonly figures: ReadonlyMap<string, Figures>;
}

/** What a run is held against beside the requirements. */
export interface Gates {
  readonly knownIssues?: KnownIssuesGate;
  readonly ratchet?: RatchetGate;
}

/**
 * A list is written for one target; and all targets must have figures, unless the run is to write them.
 * @throws ConfigurationError when it is not so
 */
export function checkGates({ knownIssues, ratchet }: Gates, targets: readonly { readonly name: string }[]): void {
  if (knownIssues?.update === true && targets.length > 1) {
    throw new ConfigurationError('--update-known-issues writes the list of one target; run the targets one by one.');
  }
  if (ratchet === undefined || ratchet.update) return;
  const missing = targets.filter(({ name }) => !ratchet.figures.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    throw new ConfigurationError(
      `--ratchet ${ratchet.name} has no figures of ${missing.join(', ')}; --update-ratchet adds them.`,
    );
  }
}

/** What a run breaks of the ratchet; nothing when it did not come to its end, for then its figures say nothing. */
export function ratchetProblems(gate: RatchetGate, results: Results): string[] {
  if (results.run.partial || results.run.unreachable !== undefined) return [];
  return brokenRatchets(results, gate.figures);
}
