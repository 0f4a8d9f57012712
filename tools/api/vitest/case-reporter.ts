import { judgeCases } from '../../engine/results/assemble.ts';
import { applyKnownIssues } from '../../engine/results/known-issues.ts';
import type { CaseRecord } from '../../engine/results/outcome.ts';
import type { CaseResult, Results, RunHeader } from '../../engine/results/results.ts';
import { decisiveExchange } from '../../reports/transcript-lines.ts';
import type { CaseRow, ReportedCase } from './messages.ts';

/** What came of one target up to now. */
interface TargetState {
  readonly header: RunHeader;
  readonly records: Map<string, CaseRecord[]>;
  readonly reported: Set<string>;
  /** Cases that do not apply, as long as nobody knows whether the target is there at all. */
  waiting: CaseResult[];
  isThere: boolean;
}

/** Tells of each case as soon as its verdict is final: the same one that results.json will have. */
export class CaseReporter {
  readonly #targets: ReadonlyMap<string, TargetState>;
  readonly #report: (reported: ReportedCase) => void;
  readonly #isJudgedAtEnd: (requirement: string) => boolean;

  /** @param isJudgedAtEnd whether the whole run may change the verdicts of a requirement's cases */
  constructor(
    headers: readonly RunHeader[],
    report: (reported: ReportedCase) => void,
    isJudgedAtEnd: (requirement: string) => boolean,
  ) {
    this.#report = report;
    this.#isJudgedAtEnd = isJudgedAtEnd;
    this.#targets = new Map(
      headers.map((header) => [
        header.target.name,
        { header, records: new Map(), reported: new Set<string>(), waiting: [], isThere: false },
      ]),
    );
  }

  /** Takes note of a case that has ended, once or for one of its repetitions. */
  onCase(record: CaseRecord): void {
    const state = this.#targets.get(record.target);
    const planned = state?.header.cases.find(({ id }) => id === record.id);
    if (state === undefined || planned === undefined) return;
    const { header, records } = state;
    const own = [...(records.get(record.id) ?? []), record];
    records.set(record.id, own);
    if (record.outcome.kind === 'satisfied' || record.outcome.kind === 'violated') this.#noteThere(state);
    if (own.length < (planned.scope === 'run' ? 1 : header.run.repeat)) return;
    records.delete(record.id);
    if (this.#isJudgedAtEnd(planned.requirement)) return;
    const story = {
      header: { ...header, cases: [planned] },
      records: own,
      targetRecord: undefined,
      end: { durationMs: 0, interrupted: false },
    };
    const [judged] = applyKnownIssues(judgeCases(story), header.knownIssues);
    if (judged === undefined) return;
    // What applies to a target that is not there, nobody knows.
    if (!state.isThere && own.some(({ outcome }) => outcome.kind === 'not-applicable')) state.waiting.push(judged);
    else this.#reportOn(state, judged);
  }

  /** Reports every case that was not reported yet. */
  end({ target, cases }: Results): void {
    const state = this.#targets.get(target.name);
    if (state === undefined) return;
    for (const each of cases) if (!state.reported.has(each.id)) this.#reportOn(state, each);
  }

  #noteThere(state: TargetState): void {
    state.isThere = true;
    for (const each of state.waiting.splice(0)) this.#reportOn(state, each);
  }

  #reportOn({ header, reported }: TargetState, each: CaseResult): void {
    reported.add(each.id);
    const curl = decisiveExchange(each)?.curl;
    this.#report({
      target: header.target.name,
      row: rowOf(each),
      ...(curl !== undefined && { curl }),
    });
  }
}

/** The row of a case: without what was sent and received. */
export function rowOf({
  exchanges: _exchanges,
  notifications: _notifications,
  omitted: _omitted,
  truncated: _truncated,
  firstAttempt,
  ...row
}: CaseResult): CaseRow {
  if (firstAttempt === undefined) return row;
  const { verdict, reason } = firstAttempt;
  return { ...row, firstAttempt: { verdict, reason } };
}
