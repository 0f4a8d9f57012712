import { describe, expect, it } from 'vitest';
import { defaultTimeouts, type Target } from '../../engine/target/target.ts';
import { callbackAdvice, type SilentCall } from './callback-advice.ts';

interface Situation {
  readonly baseUrl?: string;
  readonly callback?: Partial<Target['callback']>;
  readonly received?: number;
  readonly strangers?: number;
  readonly strayed?: string;
  readonly localAddress?: string;
}

/** What the doctor says in a situation: what came, and what to do. */
function advice(situation: Situation): string {
  const { baseUrl = 'http://localhost:8080/beta', received = 0, strangers = 0, strayed, localAddress } = situation;
  const call: SilentCall = {
    id: 'the-call',
    strayed: strayed === undefined ? undefined : { path: strayed },
    session: {
      target: {
        baseUrl,
        callback: { host: '127.0.0.1', port: 0, tls: false, ...situation.callback },
        timeouts: defaultTimeouts,
      },
      receiver: { url: 'http://127.0.0.1:4711', port: 4711, received, strangers },
    },
  };
  const { detail, fix } = callbackAdvice(call, localAddress === undefined ? {} : { localAddress });
  return `${detail}. ${fix}`;
}

const nothingCame = 'nothing at all came to http://127.0.0.1:4711';
const posts =
  'The target has to POST its notifications to the callbackUri of the request that creates the call; does it?';
const postsNone = 'callbacks: none in the target file';
const remote = 'http://192.0.2.7/beta';

/** Everything that can be said; each situation gets what is for it, and nothing that is for another. */
const texts = {
  nothingCame,
  posts,
  postsNone,
  otherCall: 'it came to that of another call, /callbacks/other?x=1',
  keepApart: 'Does the target keep the callbackUri of each call apart?',
  otherNotifications: 'the callback is reached: 3 other notifications came',
  slow: '--notification-timeout',
  nameless: '2 requests to http://127.0.0.1:4711 named an unknown callback path',
  keepPath: 'keep path and query of the callbackUri as they are?',
  leadsThere: 'Does https://bot.example/hook lead to 127.0.0.1, port 4711, of this machine',
  firewall: 'Can the target reach http://127.0.0.1:4711? A firewall may be in between',
  container: '--callback-listen 0.0.0.0:9000 --callback-url http://host.docker.internal:9000',
  containerOnPort: '--callback-listen 0.0.0.0:7000 --callback-url http://host.docker.internal:7000',
  containerOverTls: '--callback-listen 0.0.0.0:9000 --callback-url https://host.docker.internal:9000',
  httpsAlone: 'If it only accepts https callbacks, add --callback-tls.',
  otherMachine: '--callback-listen 0.0.0.0:9000 --callback-url http://192.0.2.99:9000',
  otherMachineOfIpv6: '--callback-listen 0.0.0.0:9000 --callback-url http://[2001:db8::9]:9000',
  otherMachineOverTls: '--callback-listen 0.0.0.0:9000 --callback-url https://192.0.2.99:9000',
  unknownMachine: '--callback-listen 0.0.0.0:9000 --callback-url http://ADDRESS-OF-THIS-MACHINE:9000',
} as const;

const silent = ['nothingCame', 'posts', 'postsNone'] as const;

describe('no update after a mute', () => {
  it.each<[string, Situation, readonly (keyof typeof texts)[]]>([
    ['one came to the callback of another call', { strayed: '/callbacks/other?x=1' }, ['otherCall', 'keepApart']],
    [
      'one came to the callback of another call, others and strangers beside it',
      { strayed: '/callbacks/other?x=1', received: 3, strangers: 2 },
      ['otherCall', 'keepApart'],
    ],
    ['other notifications came', { received: 3 }, ['otherNotifications', 'slow']],
    ['other notifications came, and strangers', { received: 3, strangers: 2 }, ['otherNotifications', 'slow']],
    ['requests came to no callback', { strangers: 2 }, ['nameless', 'keepPath']],
    [
      'the callback has another name',
      { callback: { publicUrl: 'https://bot.example/hook' } },
      [...silent, 'leadsThere'],
    ],
    [
      'the callback has another name, for a target elsewhere',
      { baseUrl: remote, callback: { publicUrl: 'https://bot.example/hook' }, localAddress: '192.0.2.99' },
      [...silent, 'leadsThere'],
    ],
    ['the callback listens to one address', { callback: { host: '192.0.2.99' } }, [...silent, 'firewall']],
    ['the target is on this machine', {}, [...silent, 'container', 'httpsAlone']],
    [
      'the target is on this machine, the callback listens everywhere',
      { callback: { host: '0.0.0.0' } },
      [...silent, 'container', 'httpsAlone'],
    ],
    [
      'the target is on this machine, the port of the callback is given',
      { callback: { port: 7000 } },
      [...silent, 'containerOnPort', 'httpsAlone'],
    ],
    [
      'the target is on this machine, the callback speaks https',
      { callback: { tls: true } },
      [...silent, 'containerOverTls'],
    ],
    ['the target is on another machine', { baseUrl: remote, localAddress: '192.0.2.99' }, [...silent, 'otherMachine']],
    [
      'the target is on another machine, over IPv6',
      { baseUrl: 'http://[2001:db8::7]/beta', localAddress: '2001:db8::9' },
      [...silent, 'otherMachineOfIpv6'],
    ],
    [
      'the target is on another machine, the callback speaks https',
      { baseUrl: remote, callback: { tls: true }, localAddress: '192.0.2.99' },
      [...silent, 'otherMachineOverTls'],
    ],
    ['the target is behind a proxy', { baseUrl: remote }, [...silent, 'unknownMachine']],
    [
      'the target has a name that leads to this machine',
      { baseUrl: 'http://target.example/beta', localAddress: '127.0.0.1' },
      [...silent, 'container', 'httpsAlone'],
    ],
  ])('%s', (_what, situation, said) => {
    const told = advice(situation);
    const found = Object.entries(texts).flatMap(([name, text]) => (told.includes(text) ? [name] : []));
    expect(found.sort()).toEqual([...said].sort());
  });
});
