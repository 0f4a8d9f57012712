import { expect, it } from 'vitest';
import { documented } from '../../dev/testing/payloads.ts';
import { isObject } from '../../engine/catalogue/json-value.ts';
import { judge } from './judge.ts';
import type { PayloadKind } from './payload-kind.ts';

const roster = documented('roster-update');
const operation = { ...(documented('mute-response') as object), resultInfo: { code: 200, subcode: 0, message: 'x' } };
const item = { changeType: 'updated', resourceUrl: '/communications/calls/1/operations/2', resourceData: operation };
const error = { error: { code: 'x', message: 'y', innerError: { date: 'z', 'request-id': '1' } } };
const payloads: readonly [PayloadKind, unknown][] = [
  ['operation', operation],
  ['notification', roster],
  ['notification', { value: [item] }],
  ['error', error],
];

/** Copies of a payload, each with one of its values, at any depth, replaced by a number, an object or a boolean. */
function* brokenCopies(value: unknown): Generator {
  yield* [1, true, { x: 1 }, [1]];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const broken of brokenCopies(inner)) {
      if (Array.isArray(value)) yield value.map((each: unknown, index) => (String(index) === key ? broken : each));
      else if (isObject(value)) yield { ...value, [key]: broken };
    }
  }
}

/** A type, or the values to choose from. */
const wanted =
  /\b(an? (\w+ )?(string|object|array|integer|number|boolean|URL)|one JSON object|true or false|null)\b|#microsoft|, \w+ or |^\w+ or |\/calls\/|^updated$|^the (operation itself|id in)|^[#\w./]+$/;

it.each(payloads)('says of a broken %s which type or value is wanted, and what is there', (kind, payload) => {
  const problems = [...brokenCopies(payload)].flatMap((broken) => judge(broken, kind));
  expect(problems.length).toBeGreaterThan(10);
  expect([...new Set(problems.map(({ expected }) => expected))].filter((expected) => !wanted.test(expected))).toEqual(
    [],
  );
  expect(problems.filter(({ message }) => !/ must be .+, and is .| should be .+, and is ./.test(message))).toEqual([]);
});
