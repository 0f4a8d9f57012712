/** What may come over the wire, as generators of fast-check. */
import fc from 'fast-check';
import { isObject } from '../../../engine/catalogue/json-value.ts';

/** Names that the judges look for, and names that JavaScript has a use for. */
const names = [
  '@odata.type',
  '@odata.context',
  'id',
  'status',
  'clientContext',
  'resultInfo',
  'code',
  'subcode',
  'message',
  'value',
  'changeType',
  'resource',
  'resourceUrl',
  'resourceData',
  'info',
  'identity',
  'application',
  'user',
  'isMuted',
  'isInLobby',
  'mediaStreams',
  'participants',
  'sequenceNumber',
  '@odata.id',
  'applicationInstance',
  'clientVersion',
  'mediaType',
  'direction',
  'state',
  'myParticipantId',
  'error',
  'innerError',
  'innererror',
  'date',
  'request-id',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'toJSON',
  'valueOf',
  'hasOwnProperty',
  'length',
  'then',
];

const words = [
  '#microsoft.graph.muteParticipantOperation',
  'microsoft.graph.commsNotifications',
  '#microsoft.graph.commsNotification',
  '#microsoft.graph.participant',
  '#microsoft.graph.deltaParticipants',
  '#microsoft.graph.call',
  'completed',
  'Running',
  'updated',
  'audio',
  'sendReceive',
  'established',
  '/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/participants',
  '/app/calls/57DAB8B1894C409AB240BD8BEAE78896/operations/%',
  'https://graph.example/beta/communications/calls/a/operations/b?c#d',
  '//communications/calls//participants/',
  'javascript:alert(1)',
  '2026-05-04T09:30:00Z',
];

/** Any UTF-16, halves of surrogate pairs and control characters included. */
export const anyText = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
);

const anyName = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: anyText });

/**
 * JSON texts of any shape, with duplicate names, numbers beyond all range and members that JavaScript would take for a
 * prototype: what an object literal could not hold.
 */
export const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.constantFrom('null', 'true', 'false', '0', '-0', '1e999', '-1e999', '12345678901234567890', '1.5', '[]', '{}'),
      fc.integer().map(String),
      anyText.map((text) => JSON.stringify(text)),
    ),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(anyName, tie('value')), { maxLength: 6 })
      .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`),
  ),
})).value;

/** Any JSON value, as JSON.parse gives it. */
export const wireValue: fc.Arbitrary<unknown> = jsonText.map((text) => JSON.parse(text) as unknown);

/** One change somewhere in a JSON value; `where` chooses among all places. */
export interface Mutation {
  readonly where: number;
  readonly what: 'replace' | 'remove' | 'wrap' | 'unwrap' | 'repeat' | 'rename' | 'case';
  readonly value: unknown;
  readonly name: string;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  where: fc.nat(),
  what: fc.constantFrom('replace', 'remove', 'wrap', 'unwrap', 'repeat', 'rename', 'case'),
  value: wireValue,
  name: anyName,
});

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + sizeOf(item), 1);
  if (isObject(value)) return Object.values(value).reduce<number>((sum, item) => sum + sizeOf(item), 1);
  return 1;
}

function changed(value: unknown, { what, value: other, name }: Mutation): unknown {
  switch (what) {
    case 'replace':
      return other;
    case 'remove':
      return undefined;
    case 'wrap':
      return [value];
    case 'unwrap':
      return Array.isArray(value) ? value[0] : isObject(value) ? Object.values(value)[0] : value;
    case 'repeat':
      return Array.isArray(value) ? [...value, ...value] : [value, value];
    case 'rename':
      return isObject(value)
        ? Object.fromEntries([...Object.entries(value).slice(1), [name, other]])
        : { [name]: value };
    case 'case':
      return typeof value === 'string' ? value.toUpperCase() : JSON.stringify(value);
  }
}

/** The value with one mutation carried out, as JSON would carry it. */
export function mutated(value: unknown, by: Mutation): unknown {
  let left = by.where % sizeOf(value);
  const walk = (inside: unknown): unknown => {
    left -= 1;
    if (left === -1) return changed(inside, by);
    if (left < 0) return inside;
    if (Array.isArray(inside)) return inside.map(walk).filter((item) => item !== undefined);
    if (!isObject(inside)) return inside;
    return Object.fromEntries(Object.entries(inside).map(([name, member]) => [name, walk(member)]));
  };
  const text = JSON.stringify(walk(value)) ?? 'null';
  return JSON.parse(text) as unknown;
}
