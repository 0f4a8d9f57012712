import type { RequirementId } from '../../specs/generated/requirement-ids.ts';
import type { PayloadKind } from '../graph/payloads/payload-kind.ts';
import type { Problem } from '../graph/payloads/problem.ts';
import type { Style } from '../reports/console-style.ts';
import { printableLine } from '../reports/printable.ts';

/** What `check` found out; with --json it is printed as it is. */
export interface Judgement {
  readonly file: string;
  readonly as: PayloadKind;
  readonly partial: boolean;
  /** By which the payload was judged. */
  readonly requirements: readonly RequirementId[];
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

const kindNames: Readonly<Record<PayloadKind, string>> = {
  operation: 'an operation',
  notification: 'a notification',
  participant: 'one or several participants',
  error: 'an error',
};

/** A judgement as lines for a terminal. */
export function renderJudgement(
  { file, as, partial, requirements, problems, notes }: Judgement,
  style: Style,
): string[] {
  const what = `${file === '-' ? 'standard input' : printableLine(file)}, as ${partial ? 'a fragment of ' : ''}${kindNames[as]}`;
  return [
    ...problems.flatMap((problem) => [...linesOf(problem, style), '']),
    ...notes.flatMap((note) => style.wrapped(`note: ${note}`, 0)),
    ...style.wrapped(`${closing(problems, requirements.length)} (${what})`, 0),
  ];
}

function linesOf({ requirement, level, pointer, message }: Problem, style: Style): string[] {
  const sign = style.sign(level === 'must' ? 'failed' : 'warned');
  const place = pointer === '' ? '(the whole payload)' : printableLine(pointer);
  return [
    `${sign} ${style.colours.bold(place)}  ${requirement} (${level})`,
    ...style.wrapped(printableLine(message), 2).map((line) => `  ${line}`),
  ];
}

function closing(problems: readonly Problem[], judgedBy: number): string {
  const by = `judged by ${judgedBy} requirement${judgedBy === 1 ? '' : 's'}`;
  if (problems.length === 0) return `no problems, ${by}`;
  const musts = problems.filter(({ level }) => level === 'must').length;
  const others = problems.length - musts;
  const counts = [...(musts > 0 ? [`${musts} with a must`] : []), ...(others > 0 ? [`${others} with a should`] : [])];
  return `${problems.length} problem${problems.length === 1 ? '' : 's'}, ${counts.join(', ')}; ${by}`;
}
