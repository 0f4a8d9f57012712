/** What is promised of the refusal of a mute. */
import { CouldNotRun, NotApplicable } from '../../engine/target/could-not-run.ts';
import { isObject } from '../../engine/catalogue/json-value.ts';
import type { Problem } from '../payloads/judge.ts';
import type { Answer } from '../mute-answer.ts';
import { headerRules } from './header-rules.ts';
import type { Rule } from './rule.ts';

/** A mute that was answered 4xx, or 501. */
export interface MuteRefused {
  readonly answer: Answer;
  /** The bearer token of the request, under whatever scheme; undefined where there was none. */
  readonly token: string | undefined;
}

type RefusalRule = Rule<MuteRefused>;

/** A real token is far longer; letters like those of a shorter one stand in any text. */
const unmistakableLength = 8;

/** Whether a text repeats a bearer token; a short one only where it is a word of its own. */
export function repeatsToken(text: string, token: string): boolean {
  if (token.length >= unmistakableLength) return text.includes(token);
  return text.split(/[^\w.~+/-]+/).includes(token);
}

/** @throws CouldNotRun when the body has no error object in which an innerError could stand */
function problemsOfErrorObject(refusal: Answer): Problem[] {
  if (isObject(refusal.members['error'])) return refusal.problems('error');
  throw new CouldNotRun('the refusal has no error object to look into (see error.body)');
}

const body: RefusalRule = {
  requirement: 'error.body',
  judge: ({ answer }, { expect }) =>
    expect(answer.problems('error')).toSatisfy('error.body', 'one error object with non-empty code and message'),
};

const contentType: RefusalRule = {
  requirement: 'error.content-type',
  judge: ({ answer }, { expect }) =>
    expect(answer.mediaType, 'the media type of the refusal').toMatch(/^application\/(.+\+)?json$/, 'to be JSON'),
};

const innerError: RefusalRule = {
  requirement: 'error.inner-error',
  judge: ({ answer }, { expect }) =>
    expect(problemsOfErrorObject(answer)).toSatisfy('error.inner-error', 'innerError with date and request-id'),
};

const noSecret: RefusalRule = {
  requirement: 'error.no-secret',
  judge({ answer, token }, { demand }) {
    if (token === undefined) throw new NotApplicable('condition', 'the request carried no bearer token');
    demand(
      !repeatsToken(answer.http.text, token),
      'a refusal without the bearer token of the request',
      `the body of the refusal (${answer.status}) contains the token`,
    );
  },
};

const noLocation: RefusalRule = {
  requirement: 'location.absent-on-error',
  judge: ({ answer }, { expect }) =>
    expect(answer.location.operationId, 'the operation in the Location header of a refusal').toBe(undefined),
};

/** By what they are about, for the suites. */
export const refusalRules = {
  body,
  contentType,
  innerError,
  noSecret,
  noLocation,
  ...headerRules,
} as const satisfies Readonly<Record<string, RefusalRule>>;

/** A mute that is to be refused, and was answered 5xx. */
export interface MistakeAnswered {
  readonly answer: Answer;
  /** Whether it asks for a method or feature that a target need not serve, and may then answer 501 (fact 70). */
  readonly maybeUnserved: boolean;
}

export const mistakeRules = {
  noServerError: {
    requirement: 'status.never-5xx',
    judge: ({ answer, maybeUnserved }, { expect }) => expect(answer).not.toBeServerError({ but501: maybeUnserved }),
  },
} as const satisfies Readonly<Record<string, Rule<MistakeAnswered>>>;
