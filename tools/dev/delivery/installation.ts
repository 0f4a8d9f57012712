import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandEnding } from './command.ts';

/** The most direct production dependencies that there may be. */
const dependencyLimit = 16;

interface LockedPackage {
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
}

interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * Installs a tarball into an empty folder as a user would, with what it needs to run and nothing else.
 * @returns what npm said of deprecated packages and of unsuitable engines
 */
export async function install(tarball: string, folder: string): Promise<string[]> {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "empty-folder", "private": true }\n');
  const words = ['install', tarball, '--omit=dev', '--no-audit', '--no-fund'];
  const { stderr } = await commandEnding(0, 'npm', words, { cwd: folder });
  return stderr.split('\n').filter((line) => /\b(deprecated|EBADENGINE|allow-scripts)\b/.test(line));
}

/** The vitest that package.json has for development. */
export function vitestForDevelopment(packageRoot: string): string {
  const { devDependencies } = readJson(path.join(packageRoot, 'package.json')) as {
    devDependencies: Readonly<Record<'vitest', string>>;
  };
  return devDependencies.vitest;
}

/**
 * Adds the vitest that package.json has for development, as a user has one.
 * @throws Error when npm does not find that they go together
 */
export async function installVitestBeside(folder: string, packageRoot: string): Promise<void> {
  const words = ['install', `vitest@${vitestForDevelopment(packageRoot)}`, '--no-audit', '--no-fund'];
  await commandEnding(0, 'npm', words, { cwd: folder });
}

/** What is wrong with what an installation brought along, in sentences. */
export function installationProblems(folder: string): string[] {
  const modules = path.join(folder, 'node_modules');
  const { packages } = readJson(path.join(modules, '.package-lock.json')) as Lock;
  const { dependencies = {}, devDependencies = {} } = readJson(
    path.join(modules, 'call-mute-conformance', 'package.json'),
  ) as { readonly [kind in 'dependencies' | 'devDependencies']?: Readonly<Record<string, string>> };
  const direct = Object.keys(dependencies);
  const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const forDevelopment = Object.keys(devDependencies).filter(
    (name) => !name.startsWith('@types/') && `node_modules/${name}` in packages,
  );
  return [
    ...(direct.length > dependencyLimit
      ? [`There are ${direct.length} direct dependencies, and ${dependencyLimit} at most are wanted.`]
      : []),
    ...scripted.map(([name]) => `${name} runs a script when it is installed.`),
    ...forDevelopment.map((name) => `${name} is for development only, and was installed.`),
  ];
}
