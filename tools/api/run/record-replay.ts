import path from 'node:path';
import { type Cassette, cassetteMark, schemaVersion, type TargetRecording } from '../../engine/cassette/cassette.ts';
import { checkRecordable, loadCassette, writeCassette } from '../../engine/cassette/cassette-file.ts';
import { emptyTape, replayedTarget } from '../../engine/cassette/recorded-target.ts';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import type { Target } from '../../engine/target/target.ts';
import type { PreparedTargets, RunConfig } from './config.ts';
import type { Execution, TargetRun } from './execute.ts';

/** What a cassette says already, by the flags that would say it again. */
const saidByCassette: Readonly<Record<string, (config: RunConfig) => unknown>> = {
  '--base-url': ({ target }) => target.baseUrl,
  '--api-version': ({ target }) => target.apiVersion,
  '--target': ({ sources }) => sources[0],
  '--token-env': ({ target }) => target.token?.env,
  '--token-file': ({ target }) => target.token?.file,
  '--request-timeout': ({ target }) => target.timeouts?.requestMs,
  '--notification-timeout': ({ target }) => target.timeouts?.notificationMs,
  '--quiet-window': ({ target }) => target.timeouts?.quietMs,
  '--callback-listen': ({ target }) => target.callback?.listen,
  '--callback-url': ({ target }) => target.callback?.publicUrl,
  '--callback-tls': ({ target }) => target.callback?.tls,
  '--wait': ({ wait }) => wait,
  '--ca': ({ target }) => target.tls?.ca,
  '--cert': ({ target }) => target.tls?.cert,
  '--key': ({ target }) => target.tls?.key,
  '--insecure': ({ target }) => target.tls?.insecure,
  '--fault': ({ deviation }) => deviation.fault,
  '--variant': ({ deviation }) => deviation.variant,
  '--seed': ({ seed }) => seed,
  '--repeat': ({ repeat }) => repeat,
  '--record': ({ record }) => record,
};

/** A cassette to be played in place of a target. */
export class Replay implements PreparedTargets {
  readonly cassette: Cassette;
  readonly #file: string;

  /**
   * @param file as the user wrote it
   * @throws ConfigurationError when it cannot be played, or an option says what it says
   */
  constructor(file: string, config: RunConfig, workingDirectory: string) {
    this.#file = path.resolve(workingDirectory, file);
    const [twice] = Object.entries(saidByCassette).find(([, said]) => said(config) !== undefined) ?? [];
    if (twice !== undefined) {
      throw new ConfigurationError(
        `--replay and ${twice} (or CALL_MUTE_${twice.slice(2).replaceAll('-', '_').toUpperCase()}) cannot be combined: the cassette already says what was tested and how. Leave one of them out.`,
      );
    }
    this.cassette = loadCassette(this.#file);
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
  readonly #tapes = new Map<string, TargetRecording>();

  /** @throws ConfigurationError when the file cannot be written */
  constructor(file: string, workingDirectory: string) {
    this.#file = path.resolve(workingDirectory, file);
    checkRecordable(this.#file);
  }

  keep(tape: TargetRecording, target: string): void {
    this.#tapes.set(target, tape);
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
