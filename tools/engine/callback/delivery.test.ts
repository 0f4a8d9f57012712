import { afterEach, describe, expect, it, vi } from 'vitest';
import { Delivery } from './delivery.ts';

afterEach(() => vi.restoreAllMocks());

function delivered(text: string): Delivery {
  const arrival = { receivedAt: 0, method: 'POST', path: '/callbacks', atExpectedPath: true, rawHeaders: [] };
  return new Delivery(arrival, { text, bytes: text.length, truncated: false });
}

describe('a body that is not JSON', () => {
  it.each([
    ['is short', '{'],
    ['has a megabyte of spaces', ' '.repeat(1024 * 1024)],
  ])('is looked through once, however often it is asked for: %s', (_, text) => {
    const parse = vi.spyOn(JSON, 'parse');
    const delivery = delivered(text);
    const problem = delivery.jsonProblem;
    expect(problem).toMatch(/^the body is not JSON: line 1/);
    expect([delivery.json, delivery.jsonProblem, delivery.json]).toEqual([undefined, problem, undefined]);
    expect(parse).toHaveBeenCalledTimes(1);
  });
});
