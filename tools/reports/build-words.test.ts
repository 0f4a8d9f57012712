import { expect, test } from 'vitest';
import { buildWords } from './build-words.ts';

test.each<[Parameters<typeof buildWords>[0], string | undefined]>([
  [{}, undefined],
  [{ version: '2.4.1' }, '2.4.1'],
  [{ commit: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567' }, 'commit 0a1b2c3d4e5f'],
  [{ version: '2', commit: 'release-2\n' }, '2, commit release-2\\n'],
])('%j', (target, expected) => {
  expect(buildWords(target)).toBe(expected);
});
