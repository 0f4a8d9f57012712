import { describe, expect, it } from 'vitest';
import { type MuteFacts, type Trait, traits, traitsOf, wordsOf } from './traits.ts';

const plain: MuteFacts = {
  path: '/communications',
  callKind: 'group',
  repeated: false,
  afterUnmute: false,
  afterRefusal: false,
  clientContext: 'context',
  mediaTypeParameters: false,
  othersOfCall: 0,
  requestsInFlight: 1,
  mutesBefore: 0,
};

describe('the traits of a mute', () => {
  it.each<[string, Partial<MuteFacts>, Trait[]]>([
    ['as usual', {}, ['first', 'targets', 'communications']],
    ['repeated', { repeated: true }, ['repeated', 'targets', 'communications']],
    ['after an unmute', { afterUnmute: true }, ['after-unmute', 'targets', 'communications']],
    ['after a refusal', { afterRefusal: true }, ['first', 'after-refusal', 'targets', 'communications']],
    ['in a meeting', { callKind: 'meeting' }, ['first', 'meeting', 'communications']],
    ['of a peer-to-peer call', { callKind: 'peerToPeer' }, ['first', 'peer-to-peer', 'communications']],
    ['of no call', { callKind: undefined }, ['first', 'communications']],
    ['on /app', { path: '/app' }, ['first', 'targets', 'app']],
    ['without context', { clientContext: undefined }, ['first', 'targets', 'communications', 'no-context']],
    ['with null', { clientContext: null }, ['first', 'targets', 'communications', 'no-context']],
    ['with an empty one', { clientContext: '' }, ['first', 'targets', 'communications']],
    ['with a number', { clientContext: 5 }, ['first', 'targets', 'communications']],
    ['with 128', { clientContext: 'x'.repeat(128) }, ['first', 'targets', 'communications']],
    ['with 129', { clientContext: 'x'.repeat(129) }, ['first', 'targets', 'communications', 'long-context']],
    ['with umlauts', { clientContext: 'ü' }, ['first', 'targets', 'communications', 'non-ascii']],
    ['with markup', { clientContext: '<b>' }, ['first', 'targets', 'communications', 'markup']],
    ['with parameters', { mediaTypeParameters: true }, ['first', 'targets', 'communications', 'parameters']],
    ['while another goes on', { othersOfCall: 1 }, ['first', 'targets', 'communications', 'burst']],
    ['under load', { requestsInFlight: 9 }, ['first', 'targets', 'communications', 'load']],
    ['the 25th', { mutesBefore: 24 }, ['first', 'targets', 'communications']],
    ['the 101st', { mutesBefore: 100 }, ['first', 'targets', 'communications', 'after-25', 'after-50', 'after-100']],
  ])('%s', (_name, facts, expected) => {
    expect(traitsOf({ ...plain, ...facts })).toEqual(expected);
  });

  it('are told in words, each in its own', () => {
    expect(wordsOf('repeated')).toBe('were repeated mutes');
    expect(wordsOf('repeated', true)).toBe('followed repeated mutes');
    expect(new Set(traits.map((trait) => wordsOf(trait, true))).size).toBe(traits.length);
  });
});
