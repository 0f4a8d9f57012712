import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, type PayloadKind, payloadKinds } from '../../../graph/payloads/judge.ts';
import { callMembers } from '../../../graph/payloads/call-members.ts';
import { itemsOf, kindOfBody, rosterResources } from '../../../graph/payloads/notification-items.ts';
import { isTerminal, operationUpdates } from '../../../graph/payloads/operation-updates.ts';
import { ownEntry } from '../../../graph/payloads/own-participant.ts';
import { parseResourceUrl } from '../../../graph/payloads/resource-url.ts';
import { rosterEntries } from '../../../graph/payloads/roster.ts';
import { pathBehind, readLocation } from '../../../graph/location.ts';
import { readRetryAfter, throttleWaitMs } from '../../../engine/http/throttle.ts';
import { timesAsLong } from '../growth.ts';
import { capturedPayloads } from '../payloads.ts';
import { anyText, mutated, mutation, wireValue } from './wire.ts';

const kind = fc.constantFrom<PayloadKind>(...payloadKinds);

/** Everything that looks at a payload, whether or not it is what the payload was meant as. */
function lookAt(payload: unknown): void {
  for (const as of payloadKinds) {
    for (const partial of [false, true]) {
      const problems = judge(payload, as, { partial });
      expect(problems.length).toBeLessThanOrEqual(100);
      for (const { message, pointer } of problems) {
        expect(message.length).toBeLessThan(2_000);
        expect(pointer).toMatch(/^(\/|$)/);
      }
    }
  }
  const entries = rosterEntries(payload);
  for (const participantId of [undefined, 'a']) ownEntry(entries, { participantId, applicationId: participantId });
  for (const { data } of itemsOf(payload)) callMembers(data);
  for (const { status } of operationUpdates(payload)) isTerminal(status);
  rosterResources(payload);
  callMembers(payload);
  expect(['roster', 'operation', 'call', 'unknown']).toContain(kindOfBody(payload));
}

describe('a payload of a target', () => {
  it('of any shape is judged without an exception', () => {
    fc.assert(fc.property(wireValue, lookAt), { numRuns: 1_000 });
  });

  it('is judged the same each time, and left as it was', () => {
    fc.assert(
      fc.property(wireValue, kind, (payload, as) => {
        const before = JSON.stringify(payload);
        expect(judge(payload, as)).toEqual(judge(payload, as));
        expect(JSON.stringify(payload)).toBe(before);
      }),
      { numRuns: 300 },
    );
  });

  it('of real traffic, mutated a thousand times, is judged without an exception', () => {
    const captured = fc.constantFrom(...capturedPayloads());
    fc.assert(
      fc.property(captured, fc.array(mutation, { minLength: 1, maxLength: 4 }), ({ payload }, mutations) => {
        lookAt(mutations.reduce<unknown>(mutated, payload));
      }),
      { numRuns: 1_000 },
    );
  });

  const resourceUrl = '/communications/calls/a/participants';
  // As much as a target may send, three times each: on a busy machine longer than the usual limit.
  it.each<[string, (many: readonly number[]) => unknown]>([
    ['a list', (many) => many],
    ['items', (many) => ({ value: many })],
    ['participants', (many) => ({ value: [{ resourceUrl, resourceData: many }] })],
    ['media streams', (many) => ({ value: [{ resourceUrl, resourceData: [{ id: 'a', mediaStreams: many }] }] })],
    [
      'items with participants',
      (many) => {
        const length = Math.sqrt(many.length);
        return { value: Array.from({ length }, () => ({ resourceData: many.slice(0, length) })) };
      },
    ],
    ['an error', (many) => ({ error: { code: many, innerError: many } })],
    ['members', (many) => Object.fromEntries(many.map((value, index) => [`name ${index}`, value]))],
  ])(
    'that holds as many values as may be takes no more than its share of time: %s',
    async (_, payloadOf) => {
      const look = (length: number) => {
        const payload = payloadOf(Array.from({ length }, () => 1));
        return () => lookAt(payload);
      };
      // 25 times the values: 625 times the time where each is compared with each other.
      expect(await timesAsLong(look(90_000), look(3_600))).toBeLessThan(125);
    },
    60_000,
  );

  it('pollutes no prototype', () => {
    fc.assert(fc.property(wireValue, lookAt), { numRuns: 100 });
    const plain: Record<string, unknown> = {};
    for (const name in plain) expect.unreachable(`every object has a member ${name}`);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.keys(Array.prototype)).toEqual([]);
  });
});

describe('a header of a target', () => {
  const values = fc.array(anyText, { maxLength: 3 });

  it('Location, of any form, is taken apart without an exception', () => {
    fc.assert(
      fc.property(values, anyText, (all, start) => {
        for (const location of [all, [`https://a.example/beta/communications/calls/${start}`, ...all]]) {
          readLocation(location);
          for (const value of location) {
            parseResourceUrl(value);
            const path = pathBehind(value, 'http://127.0.0.1:8080/beta/communications/calls/a/mute');
            // Whatever host a Location names, what is asked for is a path at the target's own origin.
            if (path !== undefined) expect(path).toMatch(/^\/(?!\/)/);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('Retry-After, of any form, gives a wait that is none or finite and not negative', () => {
    const retryAfter = fc.oneof(
      anyText,
      fc.double().map(String),
      fc.bigInt().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(
        fc.array(retryAfter, { maxLength: 2 }),
        fc.option(retryAfter, { nil: undefined }),
        fc.nat(50),
        (all, date, repeats) => {
          readRetryAfter(all, date);
          const header = (name: string) => (name === 'date' ? (date === undefined ? [] : [date]) : all);
          for (const status of [200, 429, 503]) {
            const wait = throttleWaitMs({ status, header }, repeats);
            if (wait !== undefined) expect(wait).toBeGreaterThanOrEqual(25);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
