import type { Delivery } from '../../engine/callback/delivery.ts';
import { callMembers } from './call-members.ts';
import { judge } from './judge.ts';
import { itemsOf } from './notification-items.ts';
import type { Problem } from './problem.ts';
import type { ResourceUrl } from './resource-url.ts';
import { type RosterEntry, rosterEntries } from './roster.ts';

/** What a notification of a call's own state says. */
export interface CallNotice {
  readonly resource: ResourceUrl | undefined;
  readonly members: ReturnType<typeof callMembers>;
}

/** What is read of a delivery in one go, as far as it takes little memory. */
interface Reading {
  readonly notices: readonly CallNotice[];
  /** Undefined where there are some: each holds on to what was parsed. */
  readonly entries: readonly RosterEntry[] | undefined;
}

const none: readonly never[] = [];
const readings = new WeakMap<Delivery, Reading>();
const problems = new WeakMap<Delivery, readonly Problem[]>();

/**
 * Reads a delivery once, however often it is asked for: the same one is looked at from when it comes until its call is
 * released, and a hostile one has a hundred thousand values.
 */
function readingOf(delivery: Delivery): Reading {
  const known = readings.get(delivery);
  if (known !== undefined) return known;
  const { json } = delivery;
  const notices = itemsOf(json).flatMap(({ kind, resource, data }) =>
    kind === 'call' ? [{ resource, members: callMembers(data) }] : [],
  );
  const reading = {
    notices: notices.length === 0 ? none : notices,
    entries: rosterEntries(json).length === 0 ? none : undefined,
  };
  readings.set(delivery, reading);
  return reading;
}

/** What it says of the state of calls. */
export function callNoticesOf(delivery: Delivery): readonly CallNotice[] {
  return readingOf(delivery).notices;
}

/** The participants that it reports. */
export function rosterEntriesOf(delivery: Delivery): readonly RosterEntry[] {
  return readingOf(delivery).entries ?? rosterEntries(delivery.json);
}

/** What is wrong with what came to a callback, judged as a notification. */
export function problemsOfDelivery(delivery: Delivery): readonly Problem[] {
  const known = problems.get(delivery);
  if (known !== undefined) return known;
  const found = judge(delivery.json, 'notification');
  problems.set(delivery, found.length === 0 ? none : found);
  return found;
}
