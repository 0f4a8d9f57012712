import { randomInt } from 'node:crypto';
import type { RunnableCase } from '../../engine/cases/suite.ts';
import { readRunOptions, type RunOptions, servedAt, serviceRootIn } from '../run-options.ts';
import { Replay } from '../run/record-replay.ts';
import type { RunConfig } from '../run/config.ts';
import { embeddedName } from '../run/embedded-target.ts';
import { chooseGiven, expandSources } from '../run/given-targets.ts';
import { prepareRun } from '../run/run-targets.ts';
import { chooseTargets, isTargetGiven } from '../run/targets.ts';
import { type App, serveApp, type ServedApp } from '../serve-app.ts';

/** What the tests of one `conformance` are about. */
export interface TestPlan {
  /** In the order of the targets, which each of them names. */
  readonly targets: readonly string[];
  readonly strict: boolean;
  /** The cases that run on each target. @throws ConfigurationError when an option or a file is wrong */
  cases(): Promise<readonly RunnableCase[]>;
  /**
   * What to run, where only some tests are to run.
   * @param targets those of which any test runs
   * @param ids the cases of the tests that run
   */
  configFor(targets: ReadonlySet<string>, ids: ReadonlySet<string>): Promise<RunConfig>;
  /** Serves the app that is tested, if one is; undefined otherwise. */
  serve(): Promise<ServedApp | undefined>;
}

/** Stands for where an app will be served, until it is. */
const somewhere = 'http://127.0.0.1:1';

/**
 * Reads the options as far as they say what is tested.
 * @throws ConfigurationError when they are wrong, or a target file is
 */
export function planTests(options: Omit<RunOptions, 'signal'>): TestPlan {
  const io = { environment: process.env, workingDirectory: process.cwd() };
  const { workingDirectory } = io;
  const root = 'app' in options ? serviceRootIn(options, 'conformance') : undefined;
  const read = readRunOptions(options, 'conformance');
  const given = { ...read, sources: expandSources(read.sources, workingDirectory) };
  const config = root === undefined ? given : servedAt(given, somewhere + root);
  const hasTarget = isTargetGiven(config);
  const replay = config.replay === undefined ? undefined : new Replay(config.replay, config, workingDirectory);
  const targets =
    replay?.targets.map(({ name }) => name) ?? (hasTarget ? chooseGiven(config, io).names : [embeddedName]);
  // Of one seed for all targets, as on the command line; a cassette has its own.
  const seeded = replay === undefined ? { seed: options.seed ?? randomInt(0x7fff_ffff) } : {};
  const choose = async () => {
    const { plan } = await prepareRun(config, workingDirectory);
    if (replay === undefined && !hasTarget) await chooseTargets(config, io);
    return plan.cases;
  };
  let chosen: Promise<readonly RunnableCase[]> | undefined;
  return {
    targets,
    strict: config.strict,
    cases: () => (chosen ??= choose()),
    async configFor(chosenTargets, ids) {
      const all = await this.cases();
      const sources = given.sources.filter((_, index) => chosenTargets.has(targets[index] ?? ''));
      const isPart = all.some(({ id }) => !ids.has(id));
      return {
        ...given,
        ...seeded,
        ...(replay === undefined && { sources }),
        ...(isPart && { filters: { ...given.filters, case: [...ids] } }),
      };
    },
    async serve() {
      if (root === undefined) return undefined;
      const { origin, close } = await serveApp(options.app as App);
      return { origin: origin + root, close };
    },
  };
}
