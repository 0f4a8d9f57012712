import { describe, expect, it } from 'vitest';
import { NotRecorded } from '../target/could-not-run.ts';
import { type WalkStep, type Trail, walk, type WalkPlan } from './walk.ts';

interface Lamp {
  lit: boolean;
}

/** A lamp as it really is. */
class RealLamp {
  lit = false;
  readonly presses: string[] = [];
}

type LampStep = WalkStep<Lamp, RealLamp>;

/** How a lamp is broken, by what was pressed; undefined where it is not. */
type Defect = (presses: readonly string[]) => string | undefined;

function press(name: string, isRule: boolean, defect: Defect, told: string[] = []): LampStep {
  return {
    name,
    isPossible: ({ lit }) => name !== 'off' || lit,
    async take(model, world, trail: Trail) {
      told.push(name);
      world.presses.push(name);
      if (name !== 'nothing') model.lit = name === 'on';
      const promise = defect(world.presses);
      if (promise !== undefined) trail.reportViolation({ promise, expectation: 'light', actual: 'it is dark', isRule });
    },
  };
}

function planOf(
  defect: Defect,
  { isRule = false, told, ...more }: { isRule?: boolean; told?: string[] } & Partial<WalkPlan<Lamp, RealLamp>> = {},
): WalkPlan<Lamp, RealLamp> {
  const step = (name: string) => press(name, isRule, defect, told);
  return {
    seed: 7,
    kinds: [
      { weight: 2, steps: [step('on'), step('nothing')] },
      { weight: 2, steps: [step('off')] },
    ],
    first: [],
    most: { sequences: 4, stepsOfOne: 12, steps: 40 },
    time: { walkMs: 1_000, shrinkMs: 1_000, elapsedMs: () => 0, isReplay: false },
    begin: async () => ({ model: { lit: false }, world: new RealLamp() }),
    end: async () => undefined,
    ...more,
  };
}

const never: Defect = () => undefined;

/** Breaks after a press in an order that needs some steps. */
const onAfterOffTwice: Defect = (presses) =>
  presses.filter((name) => name === 'off').length >= 2 && presses.at(-1) === 'on' ? 'lit' : undefined;

describe('a walk', () => {
  it('takes the same steps for the same seed', async () => {
    const steps = async (seed: number) => {
      const told: string[] = [];
      await walk(planOf(never, { told, seed }));
      return told;
    };
    const one = await steps(7);
    expect(one.length).toBeGreaterThan(10);
    expect(await steps(7)).toEqual(one);
    expect(await steps(8)).not.toEqual(one);
  });

  it('takes no more steps and walks no more sequences than it may', async () => {
    const told: string[] = [];
    const walked = await walk(planOf(never, { told, most: { sequences: 2, stepsOfOne: 5, steps: 7 } }));
    expect(walked).toMatchObject({ steps: 7, sequences: 2, known: [] });
    expect(walked.stopped).toBeUndefined();
    expect(told).toHaveLength(7);
  });

  it('tells the shortest sequence that shows what broke', async () => {
    const { stumble } = await walk(planOf(onAfterOffTwice));
    expect(stumble).toMatchObject({
      promise: 'lit',
      steps: ['on', 'off', 'on', 'off', 'on'],
      comesAgain: true,
    });
    expect(stumble?.firstSteps).toBeGreaterThanOrEqual(5);
  });

  it('seeks the promise that broke first, and no other', async () => {
    const both: Defect = (presses) => onAfterOffTwice(presses) ?? (presses.length === 3 ? 'third' : undefined);
    expect((await walk(planOf(both))).stumble).toMatchObject({ promise: 'third' });
  });

  it.each([
    ['on the first step of a sequence', () => 'dark', {}],
    [
      'on the steps that come before all',
      (presses: readonly string[]) => (presses.length === 2 ? 'dark' : undefined),
      { first: ['on', 'off'].map((name) => press(name, false, (all) => (all.length === 2 ? 'dark' : undefined))) },
    ],
    [
      'without what was seen before it, once it is sought',
      (presses: readonly string[]) => (presses.at(-1) === 'off' || presses.at(-1) === 'nothing' ? 'dark' : undefined),
      {},
    ],
  ])('goes on where a promise is broken %s', async (_where, defect, more) => {
    const walked = await walk(planOf(defect, more));
    expect(walked).toMatchObject({ known: ['dark'] });
    expect(walked.stumble).toBeUndefined();
  });

  it('goes on where the end of a sequence of one step shows it', async () => {
    const end: WalkPlan<Lamp, RealLamp>['end'] = async (_model, { presses }, trail) => {
      if (presses.includes('on'))
        trail.reportViolation({ promise: 'lit', expectation: 'a', actual: 'b', isRule: false });
    };
    expect(await walk(planOf(never, { end }))).toMatchObject({ known: ['lit'] });
  });

  it.each([
    ['a rule', true, { known: ['lit'] }],
    ['anything else', false, { known: [], stumble: { promise: 'lit', comesAgain: false } }],
  ])('that breaks %s once, and not again by the same steps', async (_what, isRule, expected) => {
    let broke = 0;
    const once: Defect = (presses) => (presses.length === 3 && (broke += 1) === 1 ? 'lit' : undefined);
    expect(await walk(planOf(once, { isRule }))).toMatchObject(expected);
  });

  it('stops when there is no more time, and says so', async () => {
    let now = 0;
    const told: string[] = [];
    const elapsedMs = () => (now += 100);
    const walked = await walk(
      planOf(never, { told, time: { walkMs: 1_000, shrinkMs: 500, elapsedMs, isReplay: false } }),
    );
    expect(walked).toMatchObject({ stopped: 'no time was left after 1 s' });
    expect(walked.steps).toBe(told.length);
    expect(told.length).toBeLessThan(12);
  });

  it('seeks a shorter sequence as long as there is time', async () => {
    let now = 0;
    const steps = async (shrinkMs: number) => {
      const told: string[] = [];
      const elapsedMs = () => (now += 1);
      now = 0;
      const { stumble } = await walk(
        planOf(onAfterOffTwice, { told, time: { walkMs: 10_000, shrinkMs, elapsedMs, isReplay: false } }),
      );
      expect(stumble).toMatchObject({ promise: 'lit', comesAgain: true });
      return told.length;
    };
    expect(await steps(20)).toBeLessThan(await steps(10_000));
  });

  it('stops where a step says so', async () => {
    const step: LampStep = { ...press('on', false, never), take: async (_model, _world, trail) => trail.stop('night') };
    expect(await walk(planOf(never, { kinds: [{ weight: 1, steps: [step] }] }))).toMatchObject({
      steps: 1,
      stopped: 'night',
    });
  });

  it('goes as far in a replay as in the recording, whether that ended within a sequence or between two', async () => {
    const told: string[] = [];
    // Later than a walk may go on for, if this were none of a replay.
    const time = { walkMs: 1_000, shrinkMs: 1_000, elapsedMs: () => 2_000, isReplay: true };
    const ends: RealLamp[] = [];
    const end = async (_model: Lamp, world: RealLamp) => void ends.push(world);
    const whole = await walk(planOf(never, { told }));
    const recordedUpTo = (last: number): LampStep => {
      let taken = 0;
      const take = async () => {
        taken += 1;
        if (taken > last) throw new NotRecorded('no recording');
      };
      return { ...press('on', false, never), take };
    };
    const within = planOf(never, { kinds: [{ weight: 1, steps: [recordedUpTo(7)] }], end, time });
    expect(await walk(within)).toEqual({
      steps: 7,
      sequences: 1,
      known: [],
      stopped: 'no time was left after 1 s',
    });
    // What a sequence ends with is looked at, as in the recording: after the first steps, and after those of the walk.
    expect(ends).toHaveLength(2);
    let begun = 0;
    const begin = async () => {
      begun += 1;
      if (begun > 3) throw new NotRecorded('no recording');
      return { model: { lit: false }, world: new RealLamp() };
    };
    const between = await walk(planOf(never, { begin, time }));
    expect(between).toMatchObject({ sequences: 2, stopped: 'no time was left after 1 s' });
    expect(between.steps).toBeLessThan(whole.steps);
  });

  it('passes on what is no broken promise, and asks no more', async () => {
    let asked = 0;
    const step: LampStep = {
      name: 'fuse',
      isPossible: () => true,
      take: async () => {
        asked += 1;
        throw new Error('no current');
      },
    };
    await expect(walk(planOf(never, { kinds: [{ weight: 1, steps: [step] }] }))).rejects.toThrow('no current');
    expect(asked).toBe(1);
  });
});
