import { describe, expect, it } from 'vitest';
import { merge } from './create-body.ts';

describe('merge', () => {
  it('goes into objects, and replaces all else', () => {
    const base = { a: 1, b: { c: 1, d: [1, 2] }, e: { f: 1 } };
    expect(merge(base, { b: { d: [3], x: null }, e: 'text', g: { h: 1 } })).toEqual({
      a: 1,
      b: { c: 1, d: [3], x: null },
      e: 'text',
      g: { h: 1 },
    });
    expect(base.b).toEqual({ c: 1, d: [1, 2] });
  });
});
