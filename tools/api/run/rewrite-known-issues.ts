import { suites } from '../../../suites/index.ts';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { judgeCases } from '../../engine/results/assemble.ts';
import { readKnownIssues } from '../../engine/results/known-issues-file.ts';
import { excusesEveryMust, lacksReason } from '../../engine/results/known-issues.ts';
import type { RunEnd } from '../../engine/results/results.ts';
import { updatedKnownIssues } from '../../engine/results/update-known-issues.ts';
import { casesOf } from '../../engine/cases/suite.ts';
import type { TargetRun } from './execute-run.ts';
import { writeGateFile } from './gate-files.ts';
import type { KnownIssuesGate } from './gates.ts';

/**
 * Writes the list of known issues anew from what the run has found.
 * @returns the end of the run with the list that now holds; with a refusal when the list was not written, for a part of
 *   a run says nothing, and a list that excuses every must would excuse everything
 */
export function rewriteKnownIssues(
  gate: KnownIssuesGate,
  run: TargetRun,
  end: RunEnd,
  { strict, today }: { readonly strict: boolean; readonly today: string },
): RunEnd {
  const kept = { ...end, knownIssues: [...gate.entries] };
  const refused = (why: string): RunEnd => ({ ...kept, refusals: [`${gate.name} was not written: ${why}`] });
  if (end.interrupted || end.missing !== undefined || run.targetRecord?.unreachable !== undefined) {
    // The exit code says already what went wrong.
    return kept;
  }
  const catalogue = loadCatalogue();
  const allCases = casesOf(suites).map(({ id, requirement }) => ({
    id,
    requirement,
    level: catalogue.requirement(requirement).level,
  }));
  const cases = judgeCases({ ...run, end });
  const text = updatedKnownIssues({ text: gate.text, entries: gate.entries, cases, allCases, strict, today });
  const entries = readKnownIssues(text, gate.name);
  if (excusesEveryMust(cases, entries)) {
    return refused('it would excuse every must of the run, so that nothing would be left to judge');
  }
  try {
    writeGateFile(gate, text);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return refused(error.message);
  }
  const unexplained = entries.filter(lacksReason).length;
  const refusals =
    strict && unexplained > 0 ? [`${gate.name} has ${unexplained} reasons to be written (--strict)`] : [];
  return { ...end, knownIssues: entries, ...(refusals.length > 0 && { refusals }) };
}
