import { expect, it } from 'vitest';
import { alterations } from './altered-token.ts';

const altered = (token: string) =>
  Object.fromEntries(alterations.map(({ name, alter }) => [name, alter(token, '0f3a')]));

it('a token is lengthened, cut, doubled, and changed in one letter', () => {
  expect(altered('eyJh.eyJk.c2ln')).toEqual({
    'the token with more after it': 'eyJh.eyJk.c2ln0f3a',
    'the token with more before it': '0f3aeyJh.eyJk.c2ln',
    'the token cut short': 'eyJh.eyJk.c2l',
    'the token twice': 'eyJh.eyJk.c2lneyJh.eyJk.c2ln',
    'the token with a letter in the other case': 'eyJh.eyjk.c2ln',
  });
});

it.each(['eyJh.eyJk.c2ln', 'X', '12345a', '7', 'tok-0123456789'])('no alteration leaves %s as it was', (token) => {
  expect(Object.values(altered(token))).not.toContain(token);
  expect(Object.values(altered(token))).not.toContain('');
});

it('what cannot be done to a token is not done', () => {
  expect(altered('7')).toMatchObject({
    'the token cut short': undefined,
    'the token with a letter in the other case': undefined,
  });
});
