import { randomUUID } from 'node:crypto';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { resolveTarget, type TargetSource } from '../../engine/target/resolve.ts';
import type { Target } from '../../engine/target/target.ts';
import { givenTwice } from '../../graph/calls/same-id.ts';
import { type ChosenTargets, isAboutEmulator, type TargetChoice } from './target-choice.ts';
import type { RunSurroundings } from './run-surroundings.ts';
import { expandTargetFiles } from './target-files.ts';

/**
 * The targets that flags and target files name.
 * @throws ConfigurationError with one clear paragraph for everything that is wrong
 */
export function chooseGiven(choice: TargetChoice, surroundings: RunSurroundings): ChosenTargets {
  const { environment, workingDirectory } = surroundings;
  if (isAboutEmulator(choice)) {
    throw new ConfigurationError(
      '--fault, --rate, --when and --variant are about the embedded emulator; leave them out, or leave --base-url and --target out.',
    );
  }
  const resolving = { environment, workingDirectory, placeholderToken: () => `placeholder-${randomUUID()}` };
  const sources = (choice.target ?? []).flatMap((source): readonly TargetSource[] =>
    typeof source === 'string' ? expandTargetFiles([source], workingDirectory) : [source],
  );
  const resolve = (source: TargetSource | undefined): Target => {
    const target = resolveTarget(choice, source, resolving);
    const problem = givenTwice(target);
    if (problem === undefined) return target;
    throw new ConfigurationError(`${typeof source === 'string' ? `${source}: ` : ''}${problem}`);
  };
  const targets = sources.length === 0 ? [resolve(undefined)] : [...new Set(sources)].map(resolve);
  const names = targets.map(({ name }) => name.toLowerCase());
  const twice = targets.find(({ name }, index) => names.indexOf(name.toLowerCase()) !== index);
  if (twice !== undefined) {
    throw new ConfigurationError(
      `Two targets have the name ${twice.name}; give each target file a name of its own, for it names the report folder.`,
    );
  }
  return {
    names: targets.map(({ name }) => name),
    start: async () => ({ targets, close: async () => undefined }),
  };
}
