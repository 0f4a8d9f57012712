import { walk, type Walked } from '../../engine/cases/walk.ts';
import { ExpectationFailure } from '../../engine/cases/expect.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import type { Target } from '../../engine/target/target.ts';
import type { CaseContext } from '../context.ts';
import type { MuteModel } from './mute-model.ts';
import {
  deleteStep,
  mistakeStep,
  type MuteStep,
  muteStep,
  readStep,
  unmuteStep,
  type WalkedMistake,
} from './mute-steps.ts';
import { type Sight, WalkedCalls } from './walked-calls.ts';

/** With what it takes to make the calls and to delete them, some 55 requests. */
const most = { sequences: 3, stepsOfOne: 15, steps: 32 } as const;

/**
 * A walk ends in time whatever the target does, and takes longer only where updates are to be waited for longer; what a
 * sequence is shrunk in comes on top.
 */
const walkMs = ({ notificationMs }: Target['timeouts']) => Math.max(10_000, 2 * notificationMs);
const shrinkMs = 5_000;

/**
 * Walks random sequences of mutes, refused mutes, unmutes and what else becomes of calls, on both paths and several
 * calls in turn, and holds all that can be seen against a model of who is muted.
 * @param mistakes the mutes that are to be refused
 * @throws ExpectationFailure with the shortest sequence found after which a promise does not hold
 * @throws CouldNotRun when there is no call to walk with
 */
export async function walkMutes(context: CaseContext, mistakes: readonly WalkedMistake[]): Promise<void> {
  const { target, seed, note, demand } = context;
  const sight: Sight = {
    updates: target.callbacks === 'none' ? 'none' : 'own',
    reads: target.capabilities.participants,
    isOnly: false,
  };
  const isAppServed = await context.isAppServed();
  const walked = await walk<MuteModel, WalkedCalls>({
    seed,
    kinds: kindsOf(target.capabilities, isAppServed, mistakes),
    first: [
      muteStep(0, '/communications'),
      muteStep(0, '/communications'),
      ...(target.capabilities.unmute ? [unmuteStep(0)] : []),
      ...(isAppServed ? [muteStep(1, '/app')] : []),
    ],
    most,
    time: {
      walkMs: walkMs(target.timeouts),
      shrinkMs,
      elapsedMs: context.elapsedMs,
      isReplay: context.scope.session.io.isReplay,
    },
    async begin() {
      const world = await WalkedCalls.begin(context, sight);
      return { model: world.model, world };
    },
    end: (_model, world, trail) => world.judgeEnd(trail),
  });
  const { stumble, known } = walked;
  if (known.includes('status.success')) {
    throw new CouldNotRun('mutes of what is not muted are refused anyway (see status.success)');
  }
  if (stumble === undefined) {
    demand(true, 'every promise to hold after any sequence of requests', '');
    return note(summaryOf(walked, sight, target.capabilities.participants));
  }
  const { steps, firstSteps, comesAgain, promise, expectation, actual, hint } = stumble;
  const how = comesAgain
    ? `seed ${seed}, shrunk from ${firstSteps} steps to ${steps.length}`
    : `seed ${seed}; it did not come again when the same ${firstSteps} steps were taken again`;
  throw new ExpectationFailure(
    `${expectation}, after any sequence of requests (${promise})`,
    `${numberedAnew(steps).join(', ')}: ${actual} (${how})`,
    hint,
    promise,
  );
}

/** The calls by the order in which they come up. */
function numberedAnew(steps: readonly string[]): string[] {
  const places = [' of the second call', ' of the third call'];
  const placeOf = (step: string) => places.find((place) => step.endsWith(place)) ?? '';
  const order = [...new Set(steps.map(placeOf))];
  return steps.map((step) => {
    const place = placeOf(step);
    return step.slice(0, step.length - place.length) + ['', ...places][order.indexOf(place)];
  });
}

function kindsOf(
  capabilities: CaseContext['target']['capabilities'],
  isAppServed: boolean,
  mistakes: readonly WalkedMistake[],
): { weight: number; steps: MuteStep[] }[] {
  const onAny = (make: (index: number) => MuteStep) => [0, 1, 2].map(make);
  return [
    // Mostly the first call: what comes of a sequence comes of one on a single call, more often than not.
    { weight: 4, steps: [muteStep(0, '/communications')] },
    { weight: 2, steps: onAny((index) => muteStep(index, '/communications')) },
    ...(isAppServed
      ? [
          { weight: 4, steps: [muteStep(0, '/app')] },
          { weight: 1, steps: onAny((index) => muteStep(index, '/app')) },
        ]
      : []),
    { weight: 4, steps: mistakes.map((mistake) => mistakeStep(0, mistake)) },
    { weight: 1, steps: mistakes.flatMap((mistake) => onAny((index) => mistakeStep(index, mistake))) },
    ...(capabilities.unmute
      ? [
          { weight: 6, steps: [unmuteStep(0)] },
          { weight: 2, steps: onAny(unmuteStep) },
        ]
      : []),
    ...(capabilities.participants ? [{ weight: 1, steps: onAny(readStep) }] : []),
    { weight: 1, steps: [deleteStep(1), deleteStep(2)] },
  ];
}

/** How far the walk went, and what nobody could see. */
function summaryOf({ steps, sequences, stopped, known }: Walked, sight: Sight, isDeclared: boolean): string {
  const unseen = {
    own: [],
    any: ['no update identifies the application’s own participant, so only the arrival of updates was checked'],
    none: ['no updates come that could be looked at'],
  }[sight.updates];
  return [
    `walked ${steps} steps in ${sequences} ${sequences === 1 ? 'sequence' : 'sequences'}`,
    ...(stopped === undefined ? [] : [`no further than that, for ${stopped}`]),
    ...unseen,
    ...(isDeclared && !sight.reads ? ['GET …/participants does not say whether the own participant is muted'] : []),
    ...(sight.isOnly ? ['only one call is available'] : []),
    ...(known.length === 0 ? [] : [`not checked, because it is violated anyway: ${known.join(', ')}`]),
  ].join('; ');
}
