import { withoutIncidentals } from '../incidentals.ts';
import type { CaseResult } from '../results.ts';

/** An answer as cases tell of it, with what the target says; not what they have tried to get it. */
const answered = /\banswered (\d{3})\b.*/s;

/** An answer that a case did not expect. */
export interface WrongAnswer {
  readonly status: number;
  /** What is told of it, without what differs from request to request. */
  readonly text: string;
}

/** The answer that a text tells of; undefined where it tells of none. */
function toldIn(text: string | undefined): WrongAnswer | undefined {
  const [whole, status] = answered.exec(withoutIncidentals(text ?? '')) ?? [];
  return whole === undefined ? undefined : { status: Number(status), text: whole };
}

/** The answer that a case that failed or warned puts this down to. */
export function wrongAnswer({ actual }: CaseResult): WrongAnswer | undefined {
  return toldIn(actual);
}

/** Whether what kept a case from judging was such an answer. */
export function isKeptBy({ reason }: CaseResult, answers: readonly WrongAnswer[]): boolean {
  const kept = toldIn(reason);
  return kept !== undefined && answers.some(({ status, text }) => isFailure(status) && kept.text.startsWith(text));
}

/** Whether it was an answer of the same status. */
export function isLike({ reason }: CaseResult, answers: readonly WrongAnswer[]): boolean {
  const kept = toldIn(reason);
  return kept !== undefined && answers.some(({ status }) => status === kept.status);
}

/** Whether a status tells that the target did not do what it was asked for. */
function isFailure(status: number): boolean {
  return status >= 300;
}

/** What a requirement is about: the first part of its id. */
export function areaOf(requirement: string): string {
  return requirement.slice(0, requirement.indexOf('.'));
}

/** Whether nothing was looked at but answers without a body that have one of these statuses. */
export function areAllWithoutBody(cases: readonly CaseResult[], statuses: ReadonlySet<number>): boolean {
  return cases.every(({ observed, exchanges }) => {
    const response = exchanges.at(-1)?.response;
    return observed !== undefined && response !== undefined && response.body === '' && statuses.has(response.status);
  });
}
