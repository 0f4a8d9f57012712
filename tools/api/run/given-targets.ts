import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { resolveTarget } from '../../engine/target/resolve.ts';
import type { Target } from '../../engine/target/target.ts';
import { overlaid } from '../../engine/target/target-config.ts';
import { readTarget, type TargetSource } from '../../engine/target/target-file.ts';
import { givenTwice } from '../../graph/calls/same-id.ts';
import type { ChosenTargets, RunIo, TargetChoice } from './config.ts';

/** The files below a folder that a glob matches, as paths relative to the folder, sorted. */
function filesBelow(folder: string, glob: string): string[] {
  const matches = picomatch(glob);
  // Only a glob with folders in it is worth a walk through all of them.
  const recursive = glob.includes('/') || glob.includes('**');
  return readdirSync(folder, { withFileTypes: true, recursive })
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((file) => matches(file))
    .toSorted();
}

/**
 * Expands the globs among the names of target files, for shells that do not and for quoted ones.
 * @returns paths as they were given, or relative to the working directory; each once
 * @throws ConfigurationError for a glob that matches no file
 */
export function expandSources(sources: readonly TargetSource[], workingDirectory: string): TargetSource[] {
  const expanded = sources.flatMap((source): readonly TargetSource[] => {
    if (typeof source === 'object' || existsSync(path.resolve(workingDirectory, source))) return [source];
    const { base, glob, isGlob } = picomatch.scan(source);
    if (!isGlob) return [source];
    const folder = path.resolve(workingDirectory, base);
    const found = existsSync(folder) ? filesBelow(folder, glob) : [];
    if (found.length === 0) throw new ConfigurationError(`--target ${JSON.stringify(source)} matches no file.`);
    return found.map((file) => path.join(base, file));
  });
  return [...new Set(expanded)];
}

/**
 * The targets that the options and target files name.
 * @throws ConfigurationError with one clear paragraph for everything that is wrong
 */
export function chooseGiven({ target: said, sources, deviation }: TargetChoice, io: RunIo): ChosenTargets {
  const { fault, rate, when, variant } = deviation;
  if ([fault, rate, when, variant].some((each) => each !== undefined)) {
    throw new ConfigurationError(
      '--fault, --rate, --when and --variant are about the embedded emulator; leave them out, or leave --base-url and --target out.',
    );
  }
  const resolving = { ...io, placeholderToken: () => `placeholder-${randomUUID()}` };
  const resolve = (source: TargetSource | undefined): Target => {
    const config = source === undefined ? said : overlaid(readTarget(source, io), said);
    const target = resolveTarget(config, resolving);
    const problem = givenTwice(target);
    if (problem === undefined) return target;
    throw new ConfigurationError(`${typeof source === 'string' ? `${source}: ` : ''}${problem}`);
  };
  const expanded = expandSources(sources, io.workingDirectory);
  const targets = expanded.length === 0 ? [resolve(undefined)] : expanded.map(resolve);
  const names = targets.map(({ name }) => name.toLowerCase());
  const twice = targets.find(({ name }, index) => names.indexOf(name.toLowerCase()) !== index);
  if (twice !== undefined) {
    throw new ConfigurationError(
      `Two targets have the name ${twice.name}; give each target file its own name, because the report folder is named after it.`,
    );
  }
  return {
    names: targets.map(({ name }) => name),
    start: async () => ({ targets, close: async () => undefined }),
  };
}
