import type { Delivery } from '../../engine/callback/delivery.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import type { CallUnderTest } from '../calls/call.ts';
import {
  knownEntries,
  othersIn,
  ownAsReported,
  rosterUpdates,
  rosterWithOwn,
  strayedIn,
  withParticipants,
} from '../effects.ts';
import type { Answer } from '../mute-answer.ts';
import { listedDifferently, newlyReported } from '../other-participants.ts';
import { given } from '../premises.ts';
import type { RosterEntry } from '../payloads/roster.ts';
import { expectStaysMuted, updatesComeAgain } from '../staying-muted.ts';
import { experiment } from './experiment.ts';
import type { Step } from './step.ts';

/** What a valid mute of a group call shows that is watched until the quiet window after it is over. */
export interface WatchedMute {
  /** The others in the call, as far as they were known before. */
  readonly othersBefore: Step<RosterEntry[]>;
  readonly answer: Step<Answer>;
  /** The first roster update on it; what is known instead where none came. */
  readonly update: Step<{ readonly update: Delivery | undefined; readonly strayed: string | undefined }>;
  /** That which reports the own participant muted; what came instead, in words. */
  readonly ownReported: Step<OwnReported>;
  /** All that came in time, with the call that is muted. */
  readonly updates: Step<{ readonly call: CallUnderTest; readonly updates: Delivery[] }>;
  /** The participants as soon as the own one is listed as muted, and whose state of the others has changed. */
  readonly listed: Step<{ readonly own: RosterEntry; readonly otherwise: string | undefined }>;
  /** Who else was reported newly muted, in words. */
  readonly otherMuted: Step<string | undefined>;
  /** Who else was reported newly unmuted. */
  readonly otherUnmuted: Step<string | undefined>;
  /** Nothing says otherwise until the quiet window is over. */
  readonly staysMuted: Step<void>;
}

interface OwnReported {
  readonly update: Delivery | undefined;
  readonly otherwise: string;
  /** What to do so that the own participant can be told, where nobody knows it. */
  readonly hint: string | undefined;
}

/** A valid mute of a group call, and all that can be seen of it. */
export const watchedMute = experiment<WatchedMute>('a mute', async ({ groupCall: call }, step) => {
  const comeAgain = await step(() => updatesComeAgain(call));
  const known = await step(() => knownEntries(call));
  const othersBefore = await step(() => othersIn(call, known.result().entries));
  const before = await step(() => call.ownAndOthers(known.result().listed));
  const answer = await step(() => call.mute());
  const mute = await step(() => given(Promise.resolve(answer.result())));
  const update = await step(async () => {
    mute.result();
    return { update: await call.callback.rosterUpdate(), strayed: strayedIn(call) };
  });
  const ownReported = await step(async () => {
    mute.result();
    return {
      update: await call.callback.ownReported(true),
      otherwise: ownAsReported(call),
      hint: call.ownIsKnown ? undefined : call.ownUnidentifiableReason,
    };
  });
  const updates = await step(async () => {
    mute.result();
    return { call, updates: await rosterUpdates(call) };
  });
  const listed = await step(async () => {
    mute.result();
    const { others } = before.result();
    const after = await rosterWithOwn(call, true);
    return { own: after.own, otherwise: listedDifferently(others, after.others) };
  });
  const unmuted = await step(async () => {
    mute.result();
    await withParticipants(call);
    if (!call.ownIdentifiable) throw new CouldNotRun(call.ownUnidentifiableReason);
  });
  const newly = (isMuted: boolean) =>
    step(() => {
      unmuted.result();
      return newlyReported(call, known.result().entries, isMuted);
    });
  const otherMuted = await newly(true);
  const otherUnmuted = await newly(false);
  const staysMuted = await step(() => {
    mute.result();
    return expectStaysMuted(call, comeAgain.result());
  });
  return { othersBefore, answer, update, ownReported, updates, listed, otherMuted, otherUnmuted, staysMuted };
});
