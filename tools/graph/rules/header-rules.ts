/** What is promised of the headers of every answer. */
import type { Answer } from '../mute-answer.ts';
import { doesNotSpeakOf, type Rule } from './rule.ts';

export interface AnsweredRequest {
  readonly answer: Answer;
}

export const headerRules = {
  requestId: {
    requirement: 'header.request-id',
    judge: ({ answer }, { expect }) => expect(answer.http.header('request-id')[0], 'request-id').toBePresent(),
  },
  clientRequestId: {
    requirement: 'header.client-request-id',
    judge({ answer }, { expect }) {
      if (answer.clientRequestId === '') throw doesNotSpeakOf('the request had no client-request-id');
      expect(answer.http.header('client-request-id')[0], 'client-request-id').toBeSameId(answer.clientRequestId);
    },
  },
} as const satisfies Readonly<Record<string, Rule<AnsweredRequest>>>;
