import type { Delivery } from '../../engine/callback/delivery.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import type { CallUnderTest, MuteOptions } from '../calls/call.ts';
import type { MuteToRefuse } from '../cases-of-rules.ts';
import { controlAnnounced, entryOf, expectListedUnmuted, expectNoMuteReported } from '../effects.ts';
import type { Answer } from '../mute-answer.ts';
import { control } from '../premises.ts';
import type { RosterEntry } from '../payloads/roster.ts';
import { type Experiment, experiment } from './experiment.ts';
import type { Step } from './step.ts';
import { type Variation, variedMute } from './varied-mute.ts';

/** What a mute with a mistake shows. Where it is accepted there is nothing to show behind the answer. */
export interface RefusedMute {
  /** The own participant as it was listed before; undefined where it is not listed, or nothing can be read. */
  readonly before: Step<RosterEntry | undefined>;
  readonly answer: Step<Answer>;
  /** Until the quiet window is over no update reports the own participant muted. */
  readonly noMuteReported: Step<void>;
  /** The own participant as it is listed then. */
  readonly after: Step<RosterEntry | undefined>;
  /** Where participants can be read, it is listed as not muted. */
  readonly listedUnmuted: Step<void>;
  /** The answer to the same mistake once more, where that belongs to the experiment. */
  readonly again: Step<Answer>;
  /** The answer to a valid mute of a group call: a success. */
  readonly control: Step<Answer>;
  /** What announces that mute; undefined when nothing does. */
  readonly announced: Step<Delivery | undefined>;
  /** Something does, so that the silence before says something. */
  readonly controlTakesEffect: Step<void>;
  /** The answer to the mistake under another name of the action, on a call that is muted by then. */
  readonly otherwise: Step<Answer>;
}

/** What else belongs to the experiment. */
export interface MoreOfMistake {
  /** The same mistake is made twice. */
  readonly isRepeated?: boolean;
  /** When participants are read; after it where nothing else is said. */
  readonly reads?: 'before and after' | 'after' | 'never';
  /** It is made once more under another name of the action. */
  readonly segment?: string;
  /** How the valid mute differs from a plain one, so that updates on such are watched as well. */
  readonly control?: Variation;
}

/** A mute that is to be refused, the silence after it, and a valid one that takes effect. */
export function refusedMute(
  { mistake, requirement, mute }: MuteToRefuse,
  { reads = 'after', isRepeated = false, segment, control: variation }: MoreOfMistake = {},
): Experiment<RefusedMute> {
  return experiment<RefusedMute>(`a mute with ${mistake}`, async (context, step) => {
    const { groupCall, peerToPeerCall } = context;
    const mistaken = await step(() => mute(context));
    const make = (more: MuteOptions = {}) => context.muteMistakenly({ ...mistaken.result(), ...more });
    /** The call on which it must have no effect. */
    const ready = await step(() => (mistaken.result().of === 'peer-to-peer call' ? peerToPeerCall : groupCall).ready());
    const before = await step(() => {
      const call = ready.result();
      if (reads !== 'before and after') throw new Error(`the experiment with ${mistake} reads nothing before`);
      return ownListed(call);
    });
    const answer = await step(async () => {
      const call = ready.result();
      const refusal = await make();
      if (mistaken.result().of === 'unknown call') call.beginSilence(refusal.http.sentAt);
      return refusal;
    });
    const afterRefusal = () => {
      const { status } = answer.result();
      if (status >= 400) return ready.result();
      throw new CouldNotRun(
        `${mistake} was answered ${status} (see ${requirement}), so there is no refusal whose effect could be checked`,
      );
    };
    const noMuteReported = await step(() => expectNoMuteReported(afterRefusal()));
    await step(() => afterRefusal().callback.quietWindow());
    const after = await step(() => {
      const call = afterRefusal();
      if (reads === 'never') throw new Error(`the experiment with ${mistake} reads nothing`);
      return ownListed(call);
    });
    const listedUnmuted = await step(() => {
      const own = after.result();
      if (own !== undefined) expectListedUnmuted(ready.result(), own);
    });
    const again = await step(() => {
      afterRefusal();
      if (!isRepeated) throw new Error(`the experiment with ${mistake} does not repeat it`);
      return make();
    });
    const valid = await step(() => {
      afterRefusal();
      return control(variedMute(groupCall, variation));
    });
    const announced = await step(() => {
      valid.result();
      return groupCall.callback.ownReported(true);
    });
    const controlTakesEffect = await step(() => controlAnnounced(valid.result(), announced.result()));
    const otherwise = await step(() => {
      afterRefusal();
      if (segment === undefined) throw new Error(`the experiment with ${mistake} does not use another name`);
      return make({ segment });
    });
    return {
      before,
      answer,
      noMuteReported,
      after,
      listedUnmuted,
      again,
      control: valid,
      announced,
      controlTakesEffect,
      otherwise,
    };
  });
}

/**
 * The own participant as it is listed.
 * @throws CouldNotRun where participants are declared and cannot be read; a peer-to-peer roster need not be (fact 57)
 */
async function ownListed(call: CallUnderTest): Promise<RosterEntry | undefined> {
  if (call.kind === 'peerToPeer') return entryOf(call, (await call.listParticipants()) ?? []);
  if (!call.session.target.capabilities.participants) return undefined;
  const { own } = await call.roster();
  return own;
}
