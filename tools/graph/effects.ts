/** What a mute does beside being answered: the words in which suites ask for it. */
import { sameId } from './ids.ts';
import type { CallUnderTest, MuteOptions } from './calls/call.ts';
import type { Delivery } from '../engine/callback/callback-receiver.ts';
import { CouldNotRun, failedPremise } from '../engine/target/could-not-run.ts';
import type { Answer } from './mute-answer.ts';
import { hasItemOf } from './payloads/notification-items.ts';
import { ownEntry } from './payloads/own-participant.ts';
import { type RosterEntry, rosterEntries } from './payloads/roster.ts';
import { control } from './premises.ts';
import { demandIn, shown } from '../engine/cases/expect.ts';

/** Participants that are named at most. */
const namedParticipants = 5;

/** What came, in words: who is reported and how, the muted first; what reports nobody as it stands. */
function arrived(call: CallUnderTest, delivery: Delivery): string {
  const entries = rosterEntries(delivery.json);
  if (entries.length === 0) return `this came to ${delivery.path}: ${shown(delivery.body, 500)}`;
  const own = entryOf(call, entries);
  const others = entries.length - namedParticipants;
  const named = entries
    .toSorted((one, other) => Number(other.isMuted === true) - Number(one.isMuted === true))
    .slice(0, namedParticipants)
    .map((entry) => {
      const who = `participant ${shown(entry.id ?? null, 80)}${entry === own ? ' (the application’s own)' : ''}`;
      return `${who} with isMuted ${shown(entry.isMuted, 40)}`;
    });
  return `an update came to ${delivery.path} that reports ${named.join(', ')}${others > 0 ? `, and ${others} others` : ''}`;
}

/** Nothing that offends comes to the call's callback in the quiet window after the last request. */
export async function expectSilence(
  call: CallUnderTest,
  offends: (delivery: Delivery) => boolean,
  expectation: string,
  after?: CallUnderTest,
  from?: number,
): Promise<void> {
  const broken = await call.callback.breaksSilence(offends, after, from);
  const demand = demandIn(call.scope.observation);
  demand(broken === undefined, expectation, broken === undefined ? '' : arrived(call, broken));
}

/** No update reports the application's own participant muted. */
export async function expectNoMuteReported(call: CallUnderTest, after?: CallUnderTest): Promise<void> {
  const broken = await call.callback.breaksSilence((delivery) => call.reportsOwn(delivery, true), after);
  if (broken !== undefined) refuseWhereMutedBefore(call);
  const demand = demandIn(call.scope.observation);
  demand(
    broken === undefined,
    'no roster update that reports the application’s own participant muted',
    broken === undefined ? '' : arrived(call, broken),
  );
}

/** @throws CouldNotRun when the call was, or may have been, muted before: that it is says nothing then */
function refuseWhereMutedBefore(call: CallUnderTest): void {
  if (call.inconclusiveBecause !== undefined) throw new CouldNotRun(call.inconclusiveBecause);
}

/** The call is not muted: no update says so, and where participants can be read, they do not either. */
export async function expectNotMuted(call: CallUnderTest, after?: CallUnderTest): Promise<void> {
  await expectNoMuteReported(call, after);
  if (!call.session.target.capabilities.participants) return;
  const { own } = await call.roster();
  expectListedUnmuted(call, own);
}

/** The own participant of a call is listed as not muted. */
export function expectListedUnmuted(call: CallUnderTest, own: RosterEntry): void {
  if (own.isMuted === true) refuseWhereMutedBefore(call);
  const demand = demandIn(call.scope.observation);
  demand(
    own.isMuted !== true,
    'GET …/participants to list the application’s own participant as not muted',
    `it is listed with isMuted ${shown(own.isMuted, 40)}`,
  );
}

/**
 * The control of silence: the mute succeeds and its update arrives, so the silence before was not a broken callback.
 * @throws CouldNotRun when it does not
 */
export async function controlTakesEffect(call: CallUnderTest, options?: MuteOptions): Promise<Answer> {
  const answer = await control(call.mute(options));
  controlAnnounced(answer, await call.callback.ownReported(true));
  return answer;
}

/** @throws CouldNotRun when no update announces the control, which was answered so */
export function controlAnnounced({ status }: Answer, update: Delivery | undefined): void {
  if (update !== undefined) return;
  throw new CouldNotRun(
    `${failedPremise.control}: the update on a mute that was answered ${status} did not come either (see roster.delivered), so silence says nothing`,
  );
}

/**
 * The roster updates on the last mute: as soon as one reports the own participant muted, else all that came in time.
 * @throws CouldNotRun when none came: roster.delivered judges that
 */
export async function rosterUpdates(call: CallUnderTest): Promise<Delivery[]> {
  call.callback.refuseWithoutCallbacks();
  await call.callback.ownDelivery(true);
  const updates = call.rosterDeliveries();
  if (updates.length === 0) {
    const { notificationMs } = call.session.target.timeouts;
    throw new CouldNotRun(
      call.provided.reasonForSilence() ??
        strayedIn(call) ??
        call.inconclusiveBecause ??
        `no roster update came within ${notificationMs} ms (see roster.delivered)`,
    );
  }
  return updates;
}

/** Says that an update about the call came to another one's callback; undefined where none did. */
export function strayedIn(call: CallUnderTest): string | undefined {
  const { strayed } = call;
  return strayed && `none came there; one about this call came to the callback of another, ${strayed.path}`;
}

/** The same, as far as they are JSON. @throws CouldNotRun when none is: roster.json judges that */
export async function readableRosterUpdates(call: CallUnderTest): Promise<Delivery[]> {
  const updates = (await rosterUpdates(call)).filter(({ json }) => json !== undefined);
  if (updates.length === 0) throw new CouldNotRun('no roster update is JSON (see roster.json)');
  return updates;
}

/**
 * The same, as far as they are about participants.
 * @throws CouldNotRun when none is: roster.envelope judges that
 */
export async function aboutParticipants(call: CallUnderTest): Promise<Delivery[]> {
  const updates = (await readableRosterUpdates(call)).filter(({ json }) => hasItemOf(json, 'roster'));
  if (updates.length === 0) throw new CouldNotRun('no update is about participants (see roster.envelope)');
  return updates;
}

/** The same, as far as they have a participant. @throws CouldNotRun when none has: roster.self-muted judges that */
export async function withParticipants(call: CallUnderTest): Promise<Delivery[]> {
  const updates = (await aboutParticipants(call)).filter(({ json }) => rosterEntries(json).length > 0);
  if (updates.length === 0) throw new CouldNotRun('no update has a participant to look at (see roster.self-muted)');
  return updates;
}

/**
 * The participants of a call, read until the own one is as muted as expected; the last reading when it never is.
 * @param withinMs how long that may take
 */
export async function rosterWithOwn(
  call: CallUnderTest,
  isMuted: boolean,
  withinMs = call.session.target.timeouts.notificationMs,
): Promise<{ own: RosterEntry; others: RosterEntry[] }> {
  const { session } = call;
  const deadline = session.clock.now() + withinMs;
  for (let pauseMs = 10; ; pauseMs = Math.min(2 * pauseMs, 500)) {
    const roster = await call.roster();
    if (roster.own.isMuted === isMuted || session.clock.now() > deadline) return roster;
    await session.clock.sleep(pauseMs, session.signal);
  }
}

/** The participants of a call as they are listed, where the target declares that, and all that is known of them. */
export async function knownEntries(
  call: CallUnderTest,
): Promise<{ listed: RosterEntry[] | undefined; entries: RosterEntry[] }> {
  await call.ready();
  const reported = call.rosters.entries;
  const listed = call.session.target.capabilities.participants ? await call.listParticipants() : undefined;
  // What was listed, then what the updates so far told, newest first.
  return { listed, entries: [...(listed ?? []), ...reported.reverse()] };
}

/** The others in a call, as far as they are known. */
export function othersIn(call: CallUnderTest, known: readonly RosterEntry[]): RosterEntry[] {
  const own = entryOf(call, known);
  return known.filter(({ id }) => id !== undefined && (own?.id === undefined || !sameId(id, own.id)));
}

/** The own participant of a call in somebody's entries, by what the call says of it. */
export function entryOf(call: CallUnderTest, entries: readonly RosterEntry[]): RosterEntry | undefined {
  return ownEntry(entries, call.own);
}

/** More ids than these say no more to a reader. */
const mostNamed = 5;

/** What the updates since the last request said of the application's own participant. */
export function ownAsReported(call: CallUnderTest): string {
  const updates = call.rosterDeliveries();
  if (updates.length === 0) return strayedIn(call) ?? 'no roster update came';
  const own = call.rosters.since(call.lastRequestAt).ownReports;
  if (own.length > 0) return `it is reported with isMuted ${own.map(({ isMuted }) => shown(isMuted)).join(', then ')}`;
  const { participantId } = call.own;
  const ids = new Set(updates.flatMap(({ json }) => rosterEntries(json)).map(({ id }) => id ?? 'one without an id'));
  const named = [...ids].slice(0, mostNamed).join(', ') || 'no participant';
  const reported = ids.size > mostNamed ? `${named} and others` : named;
  return `the updates report ${reported}, not ${participantId ?? 'an application'}`;
}
