import { answer } from './misbehaviours.ts';
import type { HostileReply } from './hostile-reply.ts';

const refusal = JSON.stringify({ error: { code: 'TooManyRequests', message: 'Slow down.' } });

function throttled(status: number, retryAfter: string | readonly string[]): HostileReply['reply'] {
  return answer(status, { 'Content-Type': 'application/json', 'Retry-After': retryAfter }, refusal);
}

const forEver: readonly (readonly [name: string, status: number, retryAfter: string | readonly string[]])[] = [
  ['an hour', 429, '3600'],
  ['a second', 429, '1'],
  ['nothing', 429, '0'],
  ['seven seconds, with 503', 503, '7'],
  ['29 seconds', 429, '29'],
  ['junk', 429, 'soon'],
  ['a negative number', 429, '-5'],
  ['a huge number', 429, '9'.repeat(400)],
  ['a date in 9999', 429, 'Fri, 31 Dec 9999 23:59:59 GMT'],
  ['several things', 429, ['1', '3600']],
];

/** What fills a case's budget just so; the others are given a smaller one, since they would wait the same again. */
const wholeBudget = {
  mute: ['a second'],
  everything: ['29 seconds'],
};
const smallBudget = '5s';

/** Targets that go on saying: later. */
export const throttling: readonly HostileReply[] = forEver.flatMap(([name, status, retryAfter]) => [
  {
    name: `mute: throttled for ever, Retry-After says ${name}`,
    reply: throttled(status, retryAfter),
    exitCode: 1,
    verdict: 'failed',
    cause: new RegExp(`answered ${status}`),
    ...(!wholeBudget.mute.includes(name) && { throttle: smallBudget }),
  } satisfies HostileReply,
  {
    name: `everything: throttled for ever, Retry-After says ${name}`,
    place: 'everything',
    reply: throttled(status, retryAfter),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: new RegExp(`answered ${status}`),
    ...(!wholeBudget.everything.includes(name) && { throttle: smallBudget }),
  } satisfies HostileReply,
]);
