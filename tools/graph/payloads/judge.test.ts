import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capturedPayloads } from '../../dev/testing/payloads.ts';
import { pointerSegments } from '../../engine/catalogue/json-pointer.ts';
import { judge, payloadKinds, type Problem } from './judge.ts';

describe('real traffic', () => {
  const captured = capturedPayloads();

  it.each(captured)('$name keeps what is promised', ({ payload, as, partial, breaks }) => {
    expect(judge(payload, as, { partial }).map(({ requirement }) => requirement)).toEqual(breaks);
  });

  it('breaks no must, but for what is known to be wrong', () => {
    const broken = captured.filter(({ payload, as, partial }) =>
      judge(payload, as, { partial }).some(({ level }) => level === 'must'),
    );
    expect(broken.map(({ name }) => name)).toEqual([
      'notification-2018-before-the-rename',
      'operation-wrapped-2021',
      'roster-with-a-null-id',
      'roster-with-a-numeric-source-id',
    ]);
  });
});

describe('judge', () => {
  const member = fc.constantFrom(
    ...['@odata.type', 'value', 'changeType', 'resourceUrl', 'resource', 'resourceData', 'id', 'status', 'error'],
    ...['code', 'message', 'innerError', 'isMuted', 'mediaStreams', 'direction', 'info', 'identity', 'resultInfo'],
    ...['__proto__', 'constructor', 'toString', 'a/b', '~'],
  );
  const text = fc.constantFrom(
    '/communications/calls/x/participants',
    '/communications/calls/x/operations/y',
    '#microsoft.graph.participant',
    '#microsoft.graph.muteParticipantOperation',
    'completed',
    'Updated',
    '\u0000\uD800',
  );
  /** JSON that is near enough to payloads for the rules to look inside. */
  const { payload } = fc.letrec((tie) => ({
    payload: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.oneof(text, fc.jsonValue()),
      fc.array(tie('payload'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(member, fc.string()), tie('payload'), { maxKeys: 6 }),
    ),
  }));

  it('judges any JSON without throwing, by pointers that lead into it', () => {
    fc.assert(
      fc.property(payload, fc.constantFrom(...payloadKinds), fc.boolean(), (value, as, partial) => {
        for (const problem of judge(value, as, { partial })) expectWellFormed(problem, value, partial);
      }),
      { numRuns: 500 },
    );
  });

  it.each(payloadKinds)('finds nothing wrong in an empty fragment of kind %s', (as) => {
    expect(judge({}, as, { partial: true })).toEqual([]);
  });

  it.each(payloadKinds)('is not harmed by depth or length as %s', (as) => {
    let deep: unknown = 'x';
    for (let level = 0; level < 5_000; level += 1) deep = level % 2 === 0 ? [deep] : { value: deep, error: deep };
    const long = Array.from({ length: 300_000 }, () => ({}));
    const huge = 'x'.repeat(1_000_000);
    const payloads = [
      deep,
      long,
      huge,
      { value: long },
      { value: [{ resourceData: long }] },
      { id: huge, error: huge },
    ];
    for (const value of payloads) {
      const problems = judge(value, as);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.length).toBeLessThanOrEqual(100);
      for (const { message } of problems) expect(message.length).toBeLessThan(1_000);
    }
  });
});

function expectWellFormed({ pointer, message, actual, expected }: Problem, payload: unknown, partial: boolean): void {
  const segments = pointerSegments(pointer);
  const parent = segments
    .slice(0, -1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], payload);
  if (segments.length > 0) expect(typeof parent).toBe('object');
  if (partial && segments.length > 0) expect(parent).toHaveProperty([segments.at(-1) ?? '']);
  expect(message).toContain(expected);
  expect(message).toContain(actual);
  expect(Buffer.from(message).toString()).toBe(message);
}
