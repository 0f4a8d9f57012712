/** What can be done on a walk through the mutes of several calls, and what has to come of it. */
import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type { WalkStep, Trail } from '../../engine/cases/walk.ts';
import type { CallUnderTest } from '../calls/call.ts';
import type { Answer } from '../mute-answer.ts';
import { bodyInWords } from '../body-words.ts';
import {
  isUsable,
  type ModelledCall,
  type MuteModel,
  noteMuted,
  noteRefused,
  noteUnknown,
  noteUnmuted,
} from './mute-model.ts';
import type { WalkedCalls } from './walked-calls.ts';

export type MuteStep = WalkStep<MuteModel, WalkedCalls>;

/** A mute that is to be refused. */
export interface WalkedMistake {
  /** As in “refused mute (broken JSON)”. */
  readonly name: string;
  /** What says that it is refused. */
  readonly refusedBy: RequirementId;
  readonly make: (call: CallUnderTest) => Promise<Answer>;
}

/** Which call, where it is not the first. */
const ofCall = ['', ' of the second call', ' of the third call'] as const;

function isThrottled({ status, http }: Answer): boolean {
  return status === 429 || status === 503 || (status >= 500 && http.header('retry-after').length > 0);
}

function stepOn(
  index: number,
  name: string,
  isPossible: (call: ModelledCall) => boolean,
  take: (on: { call: CallUnderTest; modelled: ModelledCall }, world: WalkedCalls, trail: Trail) => Promise<void>,
): MuteStep {
  return {
    name: `${name}${ofCall[index] ?? ''}`,
    isPossible: (model) => {
      const call = model.calls[index];
      return call !== undefined && isUsable(model, index) && isPossible(call);
    },
    async take(_model, world, trail) {
      const on = await world.at(index);
      if (on === undefined) return;
      await take(on, world, trail);
      world.judgeSilence(trail);
    },
  };
}

/** Says that the promise does not hold of an answer. */
function brokenBy(trail: Trail, promise: RequirementId, expectation: string, { status, http }: Answer): void {
  trail.reportViolation({
    promise,
    expectation,
    actual: `it was answered ${status} with ${bodyInWords(http.text)}`,
    isRule: false,
  });
}

/** What says that a mute is announced which follows what made a call as it is. */
function announcedBy(because: RequirementId): RequirementId {
  return because === 'state.refusal-no-effect' || because === 'state.unmute-roundtrip' ? because : 'roster.self-muted';
}

/** Every other mute of what is muted comes as one does that is tried again: with the clientContext of the one before. */
function nextClientContext({ scope }: CallUnderTest, modelled: ModelledCall): string {
  const { muted, clientContext: last } = modelled;
  const isRepeated = muted === true && last !== undefined;
  const clientContext = isRepeated ? last : scope.nextClientContext();
  modelled.clientContext = isRepeated ? undefined : clientContext;
  return clientContext;
}

export function muteStep(index: number, path: '/communications' | '/app'): MuteStep {
  const name = path === '/app' ? 'mute on /app' : 'mute';
  return stepOn(
    index,
    name,
    () => true,
    async ({ call, modelled }, world, trail) => {
      const { muted, because } = modelled;
      const clientContext = nextClientContext(call, modelled);
      const answer = await call.mute({ clientContext, ...(path === '/app' && { path }) });
      if (isThrottled(answer)) return trail.stop('the target throttles');
      world.judgeAnswer(call, answer, trail);
      if (!answer.succeeded) {
        // What is muted may be refused (fact 63).
        if (muted === false) brokenBy(trail, 'status.success', 'a mute of what is not muted to succeed', answer);
        return;
      }
      if (noteMuted(modelled)) await world.judgeAnnouncement(call, modelled, announcedBy(because), trail);
    },
  );
}

export function unmuteStep(index: number): MuteStep {
  return stepOn(
    index,
    'unmute',
    ({ isThere, muted }) => isThere && muted === true,
    async ({ call, modelled }, world, trail) => {
      const answer = await call.unmute();
      if (isThrottled(answer)) return trail.stop('the target throttles');
      if (!answer.succeeded) {
        brokenBy(trail, 'state.unmute-roundtrip', 'an unmute of what is muted to succeed', answer);
        return;
      }
      noteUnmuted(modelled);
      await world.judgeAnnouncement(call, modelled, 'state.unmute-roundtrip', trail);
    },
  );
}

export function mistakeStep(index: number, { name, refusedBy, make }: WalkedMistake): MuteStep {
  return stepOn(
    index,
    `refused mute (${name})`,
    () => true,
    async ({ call, modelled }, world, trail) => {
      const answer = await make(call);
      if (isThrottled(answer)) return trail.stop('the target throttles');
      world.judgeAnswer(call, answer, trail);
      if (answer.status >= 400) noteRefused(modelled);
      else {
        brokenBy(trail, refusedBy, `a mute with ${name} to be refused`, answer);
        noteUnknown(modelled);
      }
    },
  );
}

export function readStep(index: number): MuteStep {
  return stepOn(
    index,
    'participants read',
    ({ isThere, muted }) => isThere && muted !== undefined,
    ({ call, modelled }, world, trail) => world.judgeReading(call, modelled, trail),
  );
}

/** Deletes one call while others are there, and mutes it once more, which is refused then. */
export function deleteStep(index: number): MuteStep {
  return stepOn(
    index,
    'deletion',
    ({ isThere }) => isThere,
    async ({ call, modelled }, _world, trail) => {
      if (!call.provided.isOwn) return;
      const answer = await call.end();
      if (isThrottled(answer)) return trail.stop('the target throttles');
      if (answer.succeeded) modelled.isEnded = true;
    },
  );
}
