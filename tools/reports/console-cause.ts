import type { Results } from '../engine/results/results.ts';
import { failureLines, reasonLines } from './console-case.ts';
import type { Style } from './console-style.ts';
import { consequences, likelyDefects, type ReportedCause } from './reported-causes.ts';
import type { TwinsOf } from './twins.ts';
import { isUnsettled } from './verdicts.ts';

/** A cause on the console: one case that shows it in full, and what follows from it as counts. */
export function causeLines(told: ReportedCause, style: Style, { run }: Results, twins: TwinsOf): string[] {
  const { example, row } = told;
  const [first] = example;
  const more = context(told);
  if (isUnsettled(first.verdict)) {
    return [
      ...reasonLines(example, style, twins),
      ...more.flatMap(([label, text]) => style.labelled(label, text, 2, 10)),
    ];
  }
  return failureLines(example, row, style, first.verdict === 'failed' ? 'decisive' : 'none', run, twins, more);
}

/** What there is to say of a cause beside its example. */
function context(told: ReportedCause): [string, string][] {
  const defects = likelyDefects(told.cause).map(({ id, does }) => `${does} (${id})`);
  const lines: [string, string][] = defects.length === 0 ? [] : [['likely', `the target ${defects.join(', or ')}`]];
  if (told.others.length === 0) return lines;
  const { counts, requirements } = consequences(told);
  return [...lines, ['follows', `${counts}; of ${requirements}`]];
}
