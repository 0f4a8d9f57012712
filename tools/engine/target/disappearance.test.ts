import { expect, it } from 'vitest';
import { Disappearance } from './disappearance.ts';

it('names what was under way when nothing listened any more', () => {
  const seen = new Disappearance();
  seen.note({ kind: 'reset' }, 'one that the target survived');
  seen.noteAnswer();
  for (const request of ['a', 'b', 'c', 'd']) seen.note({ kind: 'torn' }, request);
  expect(seen.requests).toBeUndefined();
  seen.note({ kind: 'refused' }, 'the next');
  seen.note({ kind: 'reset' }, 'later');
  seen.note({ kind: 'refused' }, 'the last');
  expect(seen.requests).toEqual(['b', 'c', 'd']);
});

it.each<['refused' | 'timeout' | 'reset']>([['refused'], ['timeout'], ['reset']])(
  'knows nothing by %s alone',
  (kind) => {
    const seen = new Disappearance();
    seen.note({ kind }, 'a');
    expect(seen.requests).toBeUndefined();
  },
);
