/** Whether a call stays muted (isMuted is a state, fact 63): the words in which suites ask for it. */
import type { CallUnderTest } from './calls/call.ts';
import { CouldNotRun } from '../engine/target/could-not-run.ts';
import type { Delivery } from '../engine/callback/callback-receiver.ts';
import { rosterWithOwn } from './effects.ts';
import { demandIn, shown } from '../engine/cases/expect.ts';

/** Whether the same body came to the callback before: delivery is at least once (fact 53). */
export function isRepetition(call: CallUnderTest, delivery: Delivery): boolean {
  const { deliveries } = call.mailbox;
  return deliveries.slice(0, deliveries.indexOf(delivery)).some(({ body }) => body === delivery.body);
}

/**
 * Watches a call of which nothing is asked, through a quiet window.
 * @returns whether roster updates come again that had come before, so that a repetition says nothing of the state
 */
export async function updatesComeAgain(call: CallUnderTest): Promise<boolean> {
  await call.ready();
  if (call.session.target.callbacks === 'none') return false;
  call.beginSilence(call.session.clock.now());
  const again = await call.callback.breaksSilence(
    (delivery) => call.rosters.ownIn(delivery) !== undefined && isRepetition(call, delivery),
  );
  return again !== undefined;
}

/**
 * After the last mute the call stays muted: until a quiet window is over no update reports the own participant
 * unmuted, and then GET …/participants, where it is declared, has it muted.
 * @param comeAgain what updatesComeAgain said of the call: then a repetition of an update from before counts for
 * nothing
 * @throws CouldNotRun when neither updates nor participants tell the state
 */
export async function expectStaysMuted(call: CallUnderTest, comeAgain: boolean): Promise<void> {
  const { clock, target } = call.session;
  const demand = demandIn(call.scope.observation);
  if (!target.capabilities.participants) call.callback.refuseWithoutCallbacks();
  const update = await call.callback.ownDelivery(true);
  if (!target.capabilities.participants && !call.rosters.wasReported(true))
    throw new CouldNotRun(stateIsUnreported(call));
  if (update === undefined && target.capabilities.participants) await rosterWithOwn(call, true);

  const { deliveries } = call.mailbox;
  const first = update === undefined ? 0 : deliveries.indexOf(update);
  const reportsUnmuted = (delivery: Delivery) =>
    call.reportsOwn(delivery, false) &&
    deliveries.indexOf(delivery) >= first &&
    call.rosters.wasReported(true, delivery);
  const offends = (delivery: Delivery) => reportsUnmuted(delivery) && !(comeAgain && isRepetition(call, delivery));
  const from = update?.receivedAt ?? clock.now();
  if (target.callbacks === 'none') await call.callback.quietWindow(from);
  else {
    const broken = await call.callback.breaksSilence(offends, call, from);
    demand(
      broken === undefined,
      'no roster update after that of the mute with isMuted false for the application’s own participant',
      'one came with isMuted false, though nobody had unmuted the call',
    );
  }
  if (target.capabilities.participants) {
    const { own } = await call.roster();
    demand(
      own.isMuted === true,
      'GET …/participants to list the application’s own participant with isMuted true when the quiet window is over',
      `it is listed with isMuted ${shown(own.isMuted)}`,
    );
  } else if (call.deliveries().some(reportsUnmuted)) {
    throw new CouldNotRun(
      'this target delivers updates again unasked, and one of before came after the mute: declare participants in the target file, if the target has it, so that the state can be read',
    );
  }
}

function stateIsUnreported(call: CallUnderTest): string {
  if (!call.ownIdentifiable) return call.ownUnidentifiableReason;
  // What the case itself muted first should have been announced then.
  const isMutedByOthers = !call.provided.isOwn || call.state.joinedMuted;
  return (
    call.provided.reasonForSilence() ??
    (isMutedByOthers ? call.inconclusiveBecause : undefined) ??
    'no update reports the application’s own participant muted (see roster.self-muted), and the target does not declare participants, so it cannot be checked whether it stays muted'
  );
}
