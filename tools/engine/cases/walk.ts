import type { AsyncCommand } from 'fast-check';
import { NotRecorded } from '../target/could-not-run.ts';

type Command<Model extends object, World> = AsyncCommand<Model, World>;

/** A promise that did not hold on a walk. */
export interface Violation {
  /** The requirement that makes it. */
  readonly promise: string;
  readonly expectation: string;
  readonly actual: string;
  readonly hint?: string;
  /** Whether it is judged by everything that a run sees, so that this is told elsewhere, too. */
  readonly isRule: boolean;
}

/** Something that can be done on a walk. */
export interface WalkStep<Model extends object, World> {
  /** As it is told: “refused mute (broken JSON)”. */
  readonly name: string;
  isPossible(model: Readonly<Model>): boolean;
  /** Does it, notes in the model what has to come of it, and looks whether it did. */
  take(model: Model, world: World, trail: Trail): Promise<void>;
}

export interface WalkPlan<Model extends object, World> {
  /** What the steps derive from, so that a walk can be repeated. */
  readonly seed: number;
  /** Every kind of step in its forms, the simplest first; the heavier a kind, the more often it is taken. */
  readonly kinds: readonly { readonly weight: number; readonly steps: readonly WalkStep<Model, World>[] }[];
  /** Taken before anything else: what breaks on these is no matter of sequences. */
  readonly first: readonly WalkStep<Model, World>[];
  /** Sequences, steps in one, and in all, at most. */
  readonly most: { readonly sequences: number; readonly stepsOfOne: number; readonly steps: number };
  /** How long new steps are taken, and how long a shorter sequence is looked for once something broke. */
  readonly time: {
    readonly walkMs: number;
    readonly shrinkMs: number;
    readonly elapsedMs: () => number;
    /** The time of a replay is not quite that of its recording: steps are taken as long as there are recorded ones. */
    readonly isReplay: boolean;
  };
  /** Everything as it is before a sequence. */
  begin(): Promise<{ model: Model; world: World }>;
  /** Looks at everything once more when a sequence is over. */
  end(model: Model, world: World, trail: Trail): Promise<void>;
}

/** What broke on a walk, and the shortest sequence of those tried that shows it. */
export interface Stumble extends Violation {
  /** Told one by one. */
  readonly steps: readonly string[];
  /** Steps of the sequence in which it was first seen. */
  readonly firstSteps: number;
  /** Whether it was seen again when the same steps were taken again. */
  readonly comesAgain: boolean;
}

export interface Walked {
  readonly steps: number;
  readonly sequences: number;
  /** Why no more steps were taken, where there was more to walk. */
  readonly stopped?: string;
  /** The promises that are broken without any sequence, or not again by the same one. */
  readonly known: readonly string[];
  readonly stumble?: Stumble;
}

/** What broke keeps a sequence from going on. */
class Stumbled extends Error {
  readonly violation: Violation;

  constructor(violation: Violation) {
    super(violation.actual);
    this.violation = violation;
  }
}

/** What is walked for: to learn what is broken anyway, for new steps, for a shorter sequence, or once more. */
type Purpose = 'learning' | 'walking' | 'shrinking' | 'confirming';

/** One sequence while it is walked. */
export class Trail {
  /** The names of the steps that were taken. */
  readonly names: string[] = [];
  readonly purpose: Purpose;
  readonly #known: Set<string>;
  readonly #sought: string | undefined;
  readonly #onStop: (reason: string) => void;

  /** @param sought the one promise that is looked for */
  constructor(purpose: Purpose, known: Set<string>, sought: string | undefined, onStop: (reason: string) => void) {
    this.purpose = purpose;
    this.#known = known;
    this.#sought = sought;
    this.#onStop = onStop;
  }

  /** Whether it is known that a promise is broken without any sequence. */
  isKnown(promise: string): boolean {
    return this.#known.has(promise);
  }

  /**
   * Says that a promise does not hold. Goes on where that is no matter of the sequence: it is known already, or
   * nothing came before.
   */
  reportViolation(violation: Violation): void {
    const { promise } = violation;
    if (this.#known.has(promise)) return;
    if (this.purpose === 'learning' || this.names.length <= 1) this.#known.add(promise);
    else if (this.#sought === undefined || this.#sought === promise) throw new Stumbled(violation);
  }

  /** No more steps are taken on this walk. */
  stop(reason: string): void {
    this.#onStop(reason);
  }
}

/**
 * Walks random sequences of steps, each judged by a model of what the steps before have done. A sequence in which a
 * promise breaks is shrunk to the shortest that shows it, as far as there is time.
 * @throws what a step throws
 */
export async function walk<Model extends object, World>(plan: WalkPlan<Model, World>): Promise<Walked> {
  return new Walker(plan).walk();
}

class Walker<Model extends object, World> {
  readonly #plan: WalkPlan<Model, World>;
  readonly #known = new Set<string>();
  #steps = 0;
  #sequences = 0;
  #stopped: string | undefined;
  #trail: Trail;
  /** In a replay: no further step was recorded, since the time was over. */
  #isRecordingOver = false;
  /** When the first promise broke of those for which a shorter sequence is looked for. */
  #brokenAt: number | undefined;

  constructor(plan: WalkPlan<Model, World>) {
    this.#plan = plan;
    this.#trail = this.#newTrail('learning');
  }

  async walk(): Promise<Walked> {
    await this.#learn();
    const stumble = await this.#untilStumble();
    const { time, most } = this.#plan;
    const isCutShort = this.#steps < most.steps && this.#isLate;
    const stopped = this.#stopped ?? (isCutShort ? `no time was left after ${time.walkMs / 1000} s` : undefined);
    return {
      steps: this.#steps,
      sequences: this.#sequences,
      known: [...this.#known],
      ...(stopped !== undefined && { stopped }),
      ...(stumble !== undefined && { stumble }),
    };
  }

  get #isLate(): boolean {
    const { isReplay, elapsedMs, walkMs } = this.#plan.time;
    return isReplay ? this.#isRecordingOver : elapsedMs() > walkMs;
  }

  #newTrail(purpose: Purpose, sought?: string): Trail {
    return new Trail(purpose, this.#known, sought, (reason) => {
      this.#stopped ??= reason;
    });
  }

  async #learn(): Promise<void> {
    const { first, begin, end } = this.#plan;
    const { model, world } = await begin();
    for (const step of first) {
      if (this.#stopped !== undefined || !step.isPossible(model)) continue;
      this.#trail.names.push(step.name);
      await step.take(model, world, this.#trail);
    }
    await end(model, world, this.#trail);
  }

  /** What breaks without any sequence does not end the walk. */
  async #untilStumble(): Promise<Stumble | undefined> {
    const { most, seed } = this.#plan;
    for (let round = 0; this.#sequences < most.sequences && this.#mayGoOn('walking'); round += 1) {
      const stumble = await this.#round(seed + round);
      if (stumble === undefined) return undefined;
      if (!this.#known.has(stumble.promise) && (stumble.comesAgain || !stumble.isRule)) return stumble;
      this.#known.add(stumble.promise);
    }
    return undefined;
  }

  #mayGoOn(purpose: Purpose): boolean {
    const { time, most } = this.#plan;
    if (this.#stopped !== undefined) return false;
    if (purpose === 'walking') return this.#steps < most.steps && !this.#isLate;
    if (purpose === 'confirming') return true;
    return !this.#isRecordingOver && time.elapsedMs() < (this.#brokenAt ?? 0) + time.shrinkMs;
  }

  /** Walks until something breaks, and then for the shortest sequence that shows it. */
  async #round(seed: number): Promise<Stumble | undefined> {
    const { asyncProperty, check, commands, constantFrom, noBias } = await import('fast-check');
    const { most, kinds } = this.#plan;
    let first: { readonly violation: Violation; readonly steps: readonly string[] } | undefined;
    let shortest: readonly string[] = [];
    let other: { readonly error: unknown } | undefined;
    const ofKinds = kinds.flatMap(({ weight, steps }) => {
      const anyOf = constantFrom(...steps.map((step) => this.#command(step)));
      return Array.from({ length: weight }, () => anyOf);
    });
    // Those that are not possible when their turn comes are left out, so that there have to be more.
    const sequences = noBias(commands(ofKinds, { maxCommands: 8 * most.stepsOfOne, size: 'max' }));
    const property = asyncProperty(sequences, async (steps) => {
      // What is no broken promise must not be asked again and again.
      if (other !== undefined) throw other.error;
      const purpose = first === undefined ? 'walking' : 'shrinking';
      const sought = first?.violation.promise;
      if (!this.#mayGoOn(purpose) || (sought !== undefined && this.#known.has(sought))) return;
      if (purpose === 'walking') this.#sequences += 1;
      try {
        const violation = await this.#sequence(steps, this.#newTrail(purpose, sought));
        if (violation === undefined) return;
        shortest = this.#trail.names;
        first ??= { violation, steps: shortest };
        this.#brokenAt ??= this.#plan.time.elapsedMs();
      } catch (error) {
        other = { error };
        throw error;
      }
      throw new Error('a promise is broken');
    });
    const { counterexample } = await check<[Iterable<Command<Model, World>>]>(property, {
      seed,
      numRuns: most.sequences - this.#sequences,
    });
    if (other !== undefined) throw (other as { error: unknown }).error;
    if (first === undefined || !counterexample) return undefined;
    const { violation, steps } = first as { violation: Violation; steps: readonly string[] };
    const again = await this.#sequence(counterexample[0], this.#newTrail('confirming', violation.promise));
    this.#brokenAt = undefined;
    return {
      ...(again ?? violation),
      steps: again === undefined ? steps : shortest,
      firstSteps: steps.length,
      comesAgain: again !== undefined,
    };
  }

  /** @returns what broke */
  async #sequence(steps: Iterable<Command<Model, World>>, trail: Trail): Promise<Violation | undefined> {
    const { asyncModelRun } = await import('fast-check');
    this.#trail = trail;
    try {
      const { model, world } = await this.#plan.begin();
      await asyncModelRun(() => ({ model, real: world }), steps);
      await this.#plan.end(model, world, trail);
      return undefined;
    } catch (error) {
      if (error instanceof Stumbled) return error.violation;
      if (!(error instanceof NotRecorded)) throw error;
      if (trail.purpose === 'walking') this.#sequences -= 1;
      this.#isRecordingOver = true;
      return undefined;
    }
  }

  #command(step: WalkStep<Model, World>): Command<Model, World> {
    return {
      check: (model) => {
        const { names, purpose } = this.#trail;
        return names.length < this.#plan.most.stepsOfOne && this.#mayGoOn(purpose) && step.isPossible(model);
      },
      run: async (model, world) => {
        const trail = this.#trail;
        trail.names.push(step.name);
        if (trail.purpose === 'walking') this.#steps += 1;
        try {
          await step.take(model, world, trail);
        } catch (error) {
          if (!(error instanceof NotRecorded)) throw error;
          trail.names.pop();
          if (trail.purpose === 'walking') this.#steps -= 1;
          this.#isRecordingOver = true;
        }
      },
      toString: () => step.name,
    };
  }
}
