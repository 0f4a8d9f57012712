import { expect, it } from 'vitest';
import { repeatsToken } from './refusal-rules.ts';

it.each([
  ['{"message":"no: Bearer tok-0123456789"}', 'tok-0123456789', true],
  ['{"message":"no:Bearertok-0123456789!"}', 'tok-0123456789', true],
  ['{"message":"The token is not valid."}', 't', false],
  ['{"message":"Not valid: t"}', 't', true],
  ['{"message":"Not valid: (secret)"}', 'secret', true],
  ['{"message":"No secrets."}', 'secret', false],
])('%s repeats %s: %s', (text, token, repeats) => {
  expect(repeatsToken(text, token)).toBe(repeats);
});
