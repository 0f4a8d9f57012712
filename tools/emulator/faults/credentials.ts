import type { Fault } from '../deviation.ts';
import type { RequestContext } from '../exchange.ts';
import { failing, type MakesHooks } from '../mute-hooks.ts';

/** Of requests that are refused for their credentials, such are taken whose Authorization, or query, passes a check. */
function accepting(passes: (context: RequestContext, expectedToken: string) => boolean): MakesHooks {
  return () => ({
    rule: (context, rule, refusal, { expectedToken }) =>
      context.operation === 'mute' && rule === 'authorization' && passes(context, expectedToken) ? undefined : refusal,
  });
}

/** The same of what stands behind Bearer. */
function acceptingToken(passes: (given: string, expected: string) => boolean): MakesHooks {
  return accepting(({ request }, expected) => {
    const [, given] = /^bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    return given !== undefined && passes(given, expected);
  });
}

const hasNoScheme = ({ request }: RequestContext) => /^[^ ]+$/.test(request.headers.authorization ?? '');

/** Valid tokens that are taken from the wrong place, and wrong ones that are like a valid one. */
export const credentialFaults: readonly Fault[] = [
  {
    id: 'scheme-ignored',
    summary: 'Validates the token and ignores the scheme before it',
    breaks: ['auth.scheme'],
    hooks: accepting(({ request }, token) => request.headers.authorization?.split(' ').at(-1) === token),
  },
  {
    id: 'token-in-query-accepted',
    summary: 'Takes the token from the query string where there is no Authorization header',
    breaks: ['auth.missing'],
    hooks: accepting(({ request }, token) => {
      const { searchParams } = new URL(request.target, 'http://emulator.invalid');
      return request.headers.authorization === undefined && searchParams.get('access_token') === token;
    }),
  },
  {
    id: 'token-compared-by-its-beginning',
    summary: 'Compares the token as far as the shorter of the two goes',
    breaks: ['auth.invalid-token'],
    hooks: acceptingToken((given, expected) => given.startsWith(expected) || expected.startsWith(given)),
  },
  {
    id: 'token-found-anywhere',
    summary: 'Looks whether the token occurs in what was sent',
    breaks: ['auth.invalid-token'],
    hooks: acceptingToken((given, expected) => given.includes(expected)),
  },
  {
    id: 'token-compared-without-case',
    summary: 'Compares the token without regard to case, as the scheme is',
    breaks: ['auth.invalid-token'],
    hooks: acceptingToken((given, expected) => given.toLowerCase() === expected.toLowerCase()),
  },
  {
    id: 'token-without-scheme-500',
    summary: 'Fails with 500 when there is one word in Authorization, for it takes the second',
    breaks: ['status.never-5xx', 'auth.scheme'],
    // Of Bearer without a token one word arrives, too.
    mayAlsoBreak: ['auth.empty'],
    hooks: failing('authorization', hasNoScheme),
  },
];
