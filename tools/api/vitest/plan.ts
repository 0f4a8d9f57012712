import { randomInt } from 'node:crypto';
import type { TargetSource } from '../../engine/target/resolve.ts';
import type { RunnableCase } from '../../engine/cases/suite.ts';
import { Replay } from '../run/cassette-options.ts';
import { chooseGiven } from '../run/given-targets.ts';
import { commandOptions, type RunOptions, serviceRootIn } from '../run/library-options.ts';
import { chooseTargets } from '../run/prepare-targets.ts';
import { readIntent } from '../run/run-intent.ts';
import type { RunOptions as CommandOptions } from '../run/run-options.ts';
import { embeddedName } from '../run/embedded-target.ts';
import { expandTargetFiles } from '../run/target-files.ts';
import { type App, serveApp, type ServedApp } from '../serve-app.ts';

/** What the tests of one `conformance` are about. */
export interface Plan {
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
  optionsFor(targets: ReadonlySet<string>, ids: ReadonlySet<string>): Promise<CommandOptions>;
  /** Serves the app that is tested, if one is; undefined otherwise. */
  serve(): Promise<ServedApp | undefined>;
}

/** Stands for where an app will be served, until it is. */
const somewhere = 'http://127.0.0.1:1';

/**
 * Reads the options as far as they say what is tested.
 * @throws ConfigurationError when they are wrong, or a target file is
 */
export function planRun(options: Omit<RunOptions, 'signal'>): Plan {
  const surroundings = { environment: process.env, workingDirectory: process.cwd() };
  const { workingDirectory } = surroundings;
  const root = 'app' in options ? serviceRootIn(options, 'conformance') : undefined;
  const given = withExpandedFiles(commandOptions(options, 'conformance'), workingDirectory);
  const words = { ...given, ...(root !== undefined && { baseUrl: somewhere + root }) };
  const hasTarget = words.baseUrl !== undefined || (words.target ?? []).length > 0;
  const replay = Replay.of(words, workingDirectory);
  const targets =
    replay?.targets.map(({ name }) => name) ?? (hasTarget ? chooseGiven(words, surroundings).names : [embeddedName]);
  // Of one seed for all targets, as on the command line; a cassette has its own.
  const seeded = replay === undefined ? { seed: options.seed ?? randomInt(0x7fff_ffff) } : {};
  const choose = async () => {
    const { chosen } = await readIntent(words, workingDirectory);
    if (replay === undefined && !hasTarget) await chooseTargets(words, surroundings);
    return chosen.cases;
  };
  let chosen: Promise<readonly RunnableCase[]> | undefined;
  return {
    targets,
    strict: options.strict ?? false,
    cases: () => (chosen ??= choose()),
    async optionsFor(chosenTargets, ids) {
      const all = await this.cases();
      const sources = words.target?.filter((_, index) => chosenTargets.has(targets[index] ?? ''));
      return {
        ...given,
        ...seeded,
        ...(replay === undefined && sources !== undefined && { target: sources }),
        ...(all.some(({ id }) => !ids.has(id)) && { case: [...ids] }),
      };
    },
    async serve() {
      if (root === undefined) return undefined;
      const { origin, close } = await serveApp(options.app as App);
      return { origin: origin + root, close };
    },
  };
}

/** The options with a target for each of the target files, however they are given. */
function withExpandedFiles(words: CommandOptions, workingDirectory: string): CommandOptions {
  if (words.target === undefined) return words;
  const sources = words.target.flatMap((source): readonly TargetSource[] =>
    typeof source === 'string' ? expandTargetFiles([source], workingDirectory) : [source],
  );
  return { ...words, target: [...new Set(sources)] };
}
