import { describe, expect, it } from 'vitest';
import { mistakes } from '../../suites/mistakes.ts';
import type { CaseContext } from './context.ts';
import { type MistakenMute, mistakeIn } from './mistaken-mute.ts';

const token = 'eyJhbGciOi.secret';
const unprivilegedToken = '5d2f7a10-6b3c-4e8d-9f01-23456789abcd';
const tokens = { token, unprivilegedToken };
const context = { target: { token } } as CaseContext;

describe('a mistake', () => {
  it('is told from every other of the suites', () => {
    const told = mistakes.map(({ mute }) => mistakeIn(mute(context), { token }));
    expect(told).not.toContain(undefined);
    expect(new Set(told).size).toBe(mistakes.length);
  });

  it.each<[string, MistakenMute, MistakenMute]>([
    ['whatever else is of the wrong type', { clientContext: { a: 1 } }, { clientContext: { text: 'context' } }],
    ['whatever is too long', { clientContext: 'x'.repeat(257) }, { clientContext: 'y'.repeat(300) }],
    [
      'in whatever order it is written',
      { method: 'GET', body: 'none' },
      { body: 'none', method: 'GET', query: undefined } as unknown as MistakenMute,
    ],
    [
      'whatever derives from the case',
      { authorization: 'Bearer 0f3a7c52-8f0e-4b57-9a3b-2f0d6c1e5a44' },
      { authorization: 'Bearer 9b1de7a0-11c2-4d5e-8f60-718293a4b5c6' },
    ],
  ])('is the same %s', (_what, one, other) => {
    expect(mistakeIn(one, tokens)).toBe(mistakeIn(other, tokens));
  });

  it.each<[string, MistakenMute, MistakenMute]>([
    ['another method', { method: 'PUT' }, { method: 'PATCH' }],
    ['another call', {}, { of: 'ended call' }],
    ['another call with the same request', { method: 'PUT' }, { method: 'PUT', of: 'peer-to-peer call' }],
    [
      'a token that is known',
      { authorization: `Bearer ${unprivilegedToken}` },
      { authorization: 'Bearer 9b1de7a0-11c2-4d5e-8f60-718293a4b5c6' },
    ],
    ['another type', { clientContext: 1 }, { clientContext: ['a'] }],
    ['the length of a body', { body: { json: 'x'.repeat(500) } }, { body: { json: 'x'.repeat(501) } }],
  ])('is another one for %s', (_what, one, other) => {
    expect(mistakeIn(one, tokens)).not.toBe(mistakeIn(other, tokens));
  });

  it('is none where nothing is wrong, and never repeats the token', () => {
    expect(mistakeIn({}, tokens)).toBeUndefined();
    expect(mistakeIn({ authorization: `Token ${token}` }, tokens)).toBe(
      'group call: {"authorization":"Token (token)"}',
    );
  });
});
