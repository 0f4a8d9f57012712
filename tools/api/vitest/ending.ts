import type { Requirement } from '../../engine/catalogue/catalogue.ts';
import { printable, printableLine } from '../../reports/printable.ts';
import { unexpectedPass } from '../../reports/unexpected-pass.ts';
import type { CaseRow, ReportedCase } from './messages.ts';

/** What a test makes of the verdict on its case. */
export type Ending =
  | { readonly kind: 'passed'; readonly annotation?: { readonly type: 'notice' | 'warning'; readonly text: string } }
  | { readonly kind: 'skipped'; readonly reason: string }
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly message: string;
      readonly expected?: string;
      readonly actual?: string;
    };

/** What a promise is, beside its id. */
export type Promised = Pick<Requirement, 'level' | 'evidence' | 'statement' | 'source' | 'url' | 'advice'>;

/** The names of the errors that say that a case was not judged. */
const unjudged = {
  'could-not-run': 'CouldNotRun',
  indeterminate: 'Indeterminate',
  'harness-error': 'HarnessError',
} as const;

/**
 * How the test of a case ends: as the case counts for the exit code of the command line, so that both agree.
 * @param strict whether a should that does not hold fails
 */
export function endingOf(reported: ReportedCase, promised: Promised, strict: boolean): Ending {
  const { row } = reported;
  const { verdict, reason = '' } = row;
  const isScored = row.scored !== false;
  const isJudged = isScored && row.level !== 'may';
  switch (verdict) {
    case 'passed':
      return { kind: 'passed' };
    case 'not-applicable':
      return { kind: 'skipped', reason: printableLine(reason) };
    case 'expected-failure':
      return noted('notice', `a known issue: ${row.knownIssue?.reason ?? ''}`, row);
    case 'warned':
      if (!strict || !isScored) return noted('warning', promised.statement, row);
      return failed('ConformanceFailure', reported, promised);
    case 'failed':
      if (!isScored) return noted('warning', `not scored by this requirement set: ${promised.statement}`, row);
      return failed('ConformanceFailure', reported, promised);
    case 'unexpected-pass':
      if (!isScored) return { kind: 'passed' };
      return failed('UnexpectedPass', reported, promised, `it ${unexpectedPass(row)}`);
    case 'could-not-run':
    case 'indeterminate':
    case 'harness-error':
      if (!isJudged) return { kind: 'skipped', reason: printableLine(`${verdict}: ${reason}`) };
      return failed(unjudged[verdict], reported, promised, reason);
  }
}

function noted(type: 'notice' | 'warning', text: string, { verdict, expectation, actual }: CaseRow): Ending {
  const found = expectation === undefined ? '' : `; expected ${expectation}, but ${actual ?? ''}`;
  return { kind: 'passed', annotation: { type, text: printableLine(`${verdict}: ${text}${found}`) } };
}

/** @param why what to say before all else, where it is not the promise that is broken */
function failed(name: string, { row, curl }: ReportedCase, promised: Promised, why?: string): Ending {
  const { requirement, level, expectation, actual, hint = promised.advice } = row;
  const { evidence, statement, source, url } = promised;
  const lines = [
    `${requirement} (${level}, ${evidence}): ${printableLine(statement)}`,
    ...(why === undefined ? [] : [printable(why)]),
    ...(why === undefined && hint !== undefined ? [`hint: ${printableLine(hint)}`] : []),
    `source: ${[source, url].filter((part) => part !== undefined).join(', ')}`,
    ...(curl === undefined ? [] : [`curl: ${printable(curl)}`]),
  ];
  return {
    kind: 'failed',
    name,
    message: lines.join('\n'),
    ...(expectation !== undefined && { expected: printable(expectation) }),
    ...(actual !== undefined && { actual: printable(actual) }),
  };
}
