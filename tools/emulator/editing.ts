/** How deviations change what the emulator is about to send: each function returns a copy and leaves the original. */
import { participantsIn } from '../graph/payloads/roster.ts';
import { isObject, type JsonObject } from '../engine/catalogue/json-value.ts';
import type { Reply } from './exchange.ts';
import type { Header } from './refusals.ts';
import type { OutgoingNotification } from './notification.ts';

interface WithHeaders {
  headers: Header[];
}

/** With this header in place of those of the same name. */
export function withHeader<T extends WithHeaders>(message: T, name: string, value: string): T {
  const { headers } = withoutHeader(message, name);
  return { ...message, headers: [...headers, [name, value]] };
}

/** With this header added, beside those of the same name. */
export function withFurtherHeader<T extends WithHeaders>(message: T, name: string, value: string): T {
  return { ...message, headers: [...message.headers, [name, value]] };
}

export function withoutHeader<T extends WithHeaders>(message: T, name: string): T {
  const headers = message.headers.filter(([known]) => known.toLowerCase() !== name.toLowerCase());
  return { ...message, headers };
}

/** The value of the first header of that name. */
export function headerOf({ headers }: WithHeaders, name: string): string | undefined {
  return headers.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
}

/** With a header whose value is made of its present one; unchanged where there is none. */
export function withEditedHeader<T extends WithHeaders>(message: T, name: string, edit: (value: string) => string): T {
  const value = headerOf(message, name);
  return value === undefined ? message : withHeader(message, name, edit(value));
}

/** A reply whose JSON object the edit has changed in place; unchanged where the body is none. */
export function withEditedBody(reply: Reply, edit: (body: JsonObject) => void): Reply {
  return { ...reply, body: edited(reply.body, edit) };
}

/** A reply that carries this text and type instead of its JSON. */
export function withText(reply: Reply, contentType: string, text: string): Reply {
  return { ...withHeader(reply, 'Content-Type', contentType), raw: text };
}

/** A notification whose envelope the edit has changed in place. */
export function withEditedEnvelope(
  delivery: OutgoingNotification,
  edit: (envelope: JsonObject) => void,
): OutgoingNotification {
  return { ...delivery, body: edited(delivery.body, edit) };
}

/** A notification each of whose items the edit has changed in place. */
export function withEditedItems(
  delivery: OutgoingNotification,
  edit: (item: JsonObject) => void,
): OutgoingNotification {
  return withEditedEnvelope(delivery, ({ value }) => objectsIn(value).forEach(edit));
}

/** A roster notification each of whose participants the edit has changed in place. */
export function withEditedParticipants(
  delivery: OutgoingNotification,
  edit: (participant: JsonObject) => void,
): OutgoingNotification {
  return withEditedItems(delivery, ({ resourceData }) => participantsOf(resourceData).forEach(edit));
}

/** The participants in the data of a roster update, bare and inside deltaParticipants. */
export function participantsOf(resourceData: unknown): JsonObject[] {
  return [...participantsIn(resourceData)].flatMap(({ value }) => (isObject(value) ? [value] : []));
}

/** The objects in a list; the thing itself when it is an object and no list. */
function objectsIn(value: unknown): JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

function edited(body: unknown, edit: (body: JsonObject) => void): unknown {
  const copy: unknown = structuredClone(body);
  if (isObject(copy)) edit(copy);
  return copy;
}
