import { expect, it } from 'vitest';
import type { MuteKind } from '../rules/sent-mute.ts';
import { nextTrust, type Trust, untried } from './trust.ts';

type Mute = readonly [kind: MuteKind, status: number];

const valid: Mute = ['valid', 200];
const refused: Mute = ['mistaken', 400];

/** The mutes of a call one after another, the control named by its place. */
function trustAfter(...mutes: readonly Mute[]): string {
  let trust: Trust<number> = untried;
  let isMuted = false;
  for (const [place, [kind, status]] of mutes.entries()) {
    trust = nextTrust(trust, { kind, status, isRepeated: isMuted, control: place });
    isMuted ||= status === 200;
  }
  return trust.stage === 'proven' ? `proven by ${trust.control}` : trust.stage;
}

it.each<[what: string, mutes: readonly Mute[], trust: string]>([
  ['nothing was sent', [], 'untried'],
  ['a mistake was refused, which may have any reason', [refused], 'untried'],
  ['the first valid mute succeeded', [refused, valid], 'muted'],
  ['a mute of what is muted succeeded', [valid, valid], 'proven by 1'],
  ['a first mute that need not succeed did, and a valid one', [['optional', 200], valid], 'proven by 1'],
  ['mistakes were refused since', [valid, valid, refused, ['mistaken', 401], ['mistaken', 415]], 'proven by 1'],
  ['a mute that need not succeed succeeded since', [valid, valid, ['optional', 200]], 'proven by 1'],
  ['… or did not', [valid, valid, ['optional', 422]], 'proven by 1'],
  ['valid mutes succeeded since', [valid, valid, refused, valid], 'proven by 3'],
  ['a mistake was answered as if there were no call', [valid, valid, ['mistaken', 404]], 'untried'],
  ['… or as if it were the mute that is refused', [valid, valid, ['mistaken', 409]], 'untried'],
  ['a mistake was no mistake', [valid, valid, ['mistaken', 200]], 'untried'],
  ['a mistake was answered 5xx', [valid, valid, ['mistaken', 500]], 'untried'],
  ['a mute of what is muted was refused', [valid, ['valid', 409]], 'untried'],
  ['… with a status that speaks of the request', [valid, valid, ['valid', 400]], 'untried'],
  ['a mute succeeded with another status', [['valid', 202]], 'untried'],
  ['all is well again', [valid, valid, ['mistaken', 404], valid], 'proven by 3'],
])('when %s', (_what, mutes, trust) => {
  expect(trustAfter(...mutes)).toBe(trust);
});
