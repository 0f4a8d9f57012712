import { expect, it } from 'vitest';
import { closingNotes } from './closing-notes.ts';

const nothing = {
  silentCallback: undefined,
  lastRequests: undefined,
  unexpected: 0,
  possibleLeftovers: 0,
  discarded: 0,
};

it.each([
  [
    { silentCallback: 'http://127.0.0.1:1' },
    /^nothing came to the callback listener at http:\/\/127\.0\.0\.1:1: `doctor` .*callbacks: none in the target file/,
  ],
  [{ lastRequests: ['POST /a', 'GET /b'] }, /^the target ended .*: POST \/a; GET \/b$/],
  [{ unexpected: 1 }, /^1 notification came, although the target file says callbacks: none/],
  [{ possibleLeftovers: 1 }, /^1 request to create a call got no response/],
  [{ possibleLeftovers: 2 }, /^2 requests to create a call got no response/],
  [{ discarded: 3 }, /^3 notifications could not be kept/],
])('a run that ends with %o has a note of it, and no other', (circumstances, note) => {
  expect(closingNotes({ ...nothing, ...circumstances })).toEqual([expect.stringMatching(note)]);
});

it('a run with nothing to tell has no notes', () => {
  expect(closingNotes(nothing)).toEqual([]);
});
