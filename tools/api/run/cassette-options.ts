import path from 'node:path';
import { type Cassette, cassetteMark, schemaVersion, type Tape } from '../../engine/cassette/cassette.ts';
import { checkRecordable, loadCassette, writeCassette } from '../../engine/cassette/cassette-file.ts';
import { emptyTape, replayedTarget } from '../../engine/cassette/recorded-target.ts';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import type { RunnableCase } from '../../engine/cases/suite.ts';
import type { Execution, TargetRun } from './execute-run.ts';
import type { Target } from '../../engine/target/target.ts';
import type { RunOptions } from './run-options.ts';
import { type ChosenCases, chooseCases } from './run-plan.ts';

/** What a cassette says already, by the names of the options that would say it again. */
const saidByCassette = [
  'baseUrl',
  'apiVersion',
  'target',
  'tokenEnv',
  'tokenFile',
  'requestTimeout',
  'notificationTimeout',
  'quietWindow',
  'callbackListen',
  'callbackUrl',
  'callbackTls',
  'wait',
  'ca',
  'cert',
  'key',
  'insecure',
  'fault',
  'variant',
  'seed',
  'repeat',
  'record',
] as const satisfies readonly (keyof RunOptions)[];

/** A cassette to be played in place of a target. */
export class Replay {
  readonly cassette: Cassette;
  readonly #file: string;

  /**
   * The cassette that the options name, if they do.
   * @throws ConfigurationError when it cannot be played, or an option says what it says
   */
  static of(options: RunOptions, workingDirectory: string): Replay | undefined {
    return options.replay === undefined ? undefined : new Replay(options.replay, options, workingDirectory);
  }

  private constructor(file: string, options: RunOptions, workingDirectory: string) {
    this.#file = path.resolve(workingDirectory, file);
    const [twice] = saidByCassette.filter((name) => options[name] !== undefined);
    if (twice !== undefined) {
      const flag = `--${twice.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      throw new ConfigurationError(
        `--replay and ${flag} (or CALL_MUTE_${flag.slice(2).replaceAll('-', '_').toUpperCase()}) do not go together: what was tested, and how, stands in the cassette. Leave one of them out.`,
      );
    }
    this.cassette = loadCassette(this.#file);
  }

  /** The options with what the cassette says. */
  options(options: RunOptions): RunOptions {
    const { seed, repeat } = this.cassette;
    return { ...options, seed, repeat };
  }

  /** The cases of the recording, of them those that the filters choose. @throws ConfigurationError as chooseCases */
  async choose(all: readonly RunnableCase[], options: RunOptions, workingDirectory: string): Promise<ChosenCases> {
    const { cases, filters, partial, shard } = this.cassette;
    const recorded = new Set(cases);
    // A case that a whole run did not have is one that is new, and could not run.
    const chosen = await chooseCases(
      partial ? all.filter(({ id }) => recorded.has(id)) : all,
      options,
      workingDirectory,
    );
    return { ...(shard !== undefined && { shard }), ...chosen, filters: { ...filters, ...chosen.filters } };
  }

  get targets(): Target[] {
    const { targets, suite, recordedAt } = this.cassette;
    const origin = `replayed from ${path.basename(this.#file)}, recorded ${recordedAt} by version ${suite.version}`;
    return targets.map((tape) => replayedTarget(tape, origin));
  }

  /** Nothing was started for the targets. */
  async close(): Promise<void> {}

  get plan(): Pick<Execution['plan'], 'replay' | 'concurrency'> {
    const { suite, sha256 } = this.cassette;
    const source = `${path.basename(this.#file)} (version ${suite.version})`;
    // What limits requests in flight is the recording: each leaves when it left there.
    return { replay: { file: this.#file, sha256, source }, concurrency: Number.MAX_SAFE_INTEGER };
  }
}

/** A recording to be made of a run. */
export class Recording {
  readonly #file: string;
  readonly #tapes = new Map<string, Tape>();

  /** The recording that the options ask for, if they do. @throws ConfigurationError when it cannot be written */
  static of({ record }: RunOptions, workingDirectory: string): Recording | undefined {
    return record === undefined ? undefined : new Recording(record, workingDirectory);
  }

  private constructor(file: string, workingDirectory: string) {
    this.#file = path.resolve(workingDirectory, file);
    checkRecordable(this.#file);
  }

  keep(tape: Tape): void {
    this.#tapes.set(tape.target.name, tape);
  }

  /**
   * Writes what came; for a target of which nothing did, a tape with nothing on it.
   * @throws ConfigurationError when the file cannot be written any more
   */
  write(runs: readonly Pick<TargetRun, 'target' | 'header'>[]): void {
    const [first] = runs;
    if (first === undefined) return;
    const { suite, run, cases } = first.header;
    const { startedAt, seed, repeat, filters, shard } = run;
    writeCassette(this.#file, {
      cassette: cassetteMark,
      schemaVersion,
      suite,
      recordedAt: startedAt,
      seed,
      repeat,
      partial: shard !== undefined || Object.keys(filters).length > 0,
      filters,
      ...(shard !== undefined && { shard }),
      cases: cases.map(({ id }) => id),
      targets: runs.map(({ target }) => this.#tapes.get(target.name) ?? emptyTape(target)),
    });
  }
}
