import { describe, expect, it } from 'vitest';
import { callPath } from './call-path.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';

describe('callPath', () => {
  it.each([
    ['57dab8b1-894c-409a-b240-bd8beae78896', '57dab8b1-894c-409a-b240-bd8beae78896'],
    ['room 42/äöü?#%', 'room%2042%2F%C3%A4%C3%B6%C3%BC%3F%23%25'],
    ['...', '...'],
    ["!'()*~", "!'()*~"],
  ])('encodes %s', (id, encoded) => {
    expect(callPath('/communications', id)).toBe(`/communications/calls/${encoded}`);
    expect(callPath('/app', id, 'operations', 'x')).toBe(`/app/calls/${encoded}/operations/x`);
  });

  it.each(['', '.', '..', '\ud800', 'a\udc00b'])('refuses %j', (id) => {
    expect(() => callPath('/communications', id)).toThrow(CouldNotRun);
  });
});
