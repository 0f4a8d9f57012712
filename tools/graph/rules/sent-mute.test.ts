import { describe, expect, it } from 'vitest';
import { usualMute } from '../../dev/testing/usual-mute.ts';
import { clientContextOf, type MuteKind, muteKindOf, type SentMute } from './sent-mute.ts';

describe('the kind of a mute', () => {
  it.each<[string, Partial<SentMute>, MuteKind]>([
    ['as documented', {}, 'valid'],
    ['of a meeting', { callKind: 'meeting' }, 'valid'],
    ['with a charset', { contentType: 'application/json; charset=utf-8' }, 'valid'],
    ['with 256 characters', { json: { clientContext: 'x'.repeat(256) } }, 'valid'],
    ['with 257 characters', { json: { clientContext: 'x'.repeat(257) } }, 'mistaken'],
    ['with an empty context', { json: { clientContext: '' } }, 'optional'],
    ['with umlauts', { json: { clientContext: 'ü' } }, 'optional'],
    ['with a line break', { json: { clientContext: 'a\n' } }, 'optional'],
    ['with null', { json: { clientContext: null } }, 'optional'],
    ['with {}', { json: {} }, 'optional'],
    ['with a further member', { json: { clientContext: 'a', more: 1 } }, 'optional'],
    ['with a query', { query: 'a=1' }, 'optional'],
    ['without a body', { json: undefined, bytes: 0 }, 'optional'],
    ['with a media type in capitals', { contentType: 'Application/JSON' }, 'optional'],
    ['by GET', { method: 'GET' }, 'mistaken'],
    ['with wrong credentials', { isAuthorized: false }, 'mistaken'],
    ['without Content-Type', { contentType: undefined }, 'mistaken'],
    ['as text', { contentType: 'text/plain' }, 'mistaken'],
    ['with broken JSON', { json: undefined }, 'mistaken'],
    ['with an array', { json: [] }, 'mistaken'],
    ['with a number as context', { json: { clientContext: 5 } }, 'mistaken'],
    ['with a large body', { bytes: 1024 * 1024 }, 'mistaken'],
    ['of a peer-to-peer call', { callKind: 'peerToPeer' }, 'mistaken'],
    ['of no call', { callKind: undefined }, 'mistaken'],
  ])('%s', (_name, more, kind) => {
    expect(muteKindOf({ ...usualMute, ...more })).toBe(kind);
  });

  it('has the context that was sent', () => {
    expect(clientContextOf(usualMute)).toBe('context');
    expect(clientContextOf({ json: ['context'] })).toBeUndefined();
  });
});
