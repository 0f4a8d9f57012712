import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { inject } from 'vitest';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import { command, commandEnding } from '../delivery/command.ts';
import { nodeVersion } from '../delivery/node-versions.ts';
import { pack } from '../delivery/tarball.ts';
import type { VitestInstallation } from '../testing/vitest-project.ts';

/** A vitest, and the Node that it needs, where the present one may be too old for it. */
export interface VitestVersion {
  readonly vitest: string;
  readonly node: string | undefined;
}

/** The vitest that the package is tried with, and the Node for those that the present one is too old for. */
export const vitestVersions = [
  { vitest: '4.1.12', node: undefined },
  { vitest: '5.1.2', node: '22' },
] as const satisfies readonly VitestVersion[];

/** The oldest that package.json names. */
export const oldestVitest: VitestVersion = { vitest: '3.2.7', node: undefined };

/** A folder in which a user has installed the package and vitest. */
export interface InstalledVitest {
  readonly installation: VitestInstallation;
  readonly folder: string;
}

export interface Installations {
  of(version: VitestVersion): InstalledVitest;
}

const packageName = 'call-mute-conformance';

/**
 * The package as it is packed, installed with every version of vitest, each with what it needs for its page. What
 * another file of tests has installed is there already.
 */
export async function installVitest(): Promise<Installations> {
  const parent = inject('vitestVersions');
  const versions = [oldestVitest, ...vitestVersions];
  // Written last.
  const nodes = path.join(parent, 'nodes.json');
  if (!existsSync(nodes)) {
    await installAll(versions, parent);
    const programs: Record<string, string> = {};
    for (const { vitest, node } of versions) programs[vitest] = await nodeFor(node, parent);
    writeFileSync(nodes, JSON.stringify(programs));
  }
  const programs = JSON.parse(readFileSync(nodes, 'utf8')) as Readonly<Record<string, string>>;
  return {
    of({ vitest }) {
      const folder = folderFor(vitest, parent);
      const node = programs[vitest];
      if (node === undefined) throw new Error(`vitest ${vitest} is not installed`);
      const found = createRequire(path.join(folder, 'package.json')).resolve('vitest/package.json');
      return { installation: { node, program: path.join(path.dirname(found), 'vitest.mjs') }, folder };
    },
  };
}

function folderFor(vitest: string, parent: string): string {
  return path.join(parent, `vitest-${vitest}`);
}

/** Installs all by one npm, with a workspace for each version: most of the time of npm goes by finding what is needed. */
async function installAll(versions: readonly VitestVersion[], parent: string): Promise<void> {
  const { file } = await pack(packageRoot, parent, ['--ignore-scripts']);
  const workspaces = versions.map(({ vitest }) => path.basename(folderFor(vitest, parent)));
  writePackage(parent, { workspaces, dependencies: { [packageName]: `file:${file}` } });
  for (const { vitest } of versions) {
    const folder = folderFor(vitest, parent);
    mkdirSync(folder, { recursive: true });
    const dependencies = { [packageName]: '*', vitest, '@vitest/ui': vitest };
    writePackage(folder, { name: path.basename(folder), version: '1.0.0', type: 'module', dependencies });
  }
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];
  await commandEnding(0, 'npm', ['install', ...quietly], { cwd: parent });
  // Npm has one for all of them, which would take the vitest beside it.
  const common = path.join(parent, 'node_modules', packageName);
  for (const { vitest } of versions) {
    cpSync(common, path.join(folderFor(vitest, parent), 'node_modules', packageName), { recursive: true });
  }
  // It says so when the package does not go with one of them.
  await commandEnding(0, 'npm', ['ls', 'vitest'], { cwd: parent });
}

function writePackage(folder: string, contents: object): void {
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, ...contents }));
}

/** The program of the Node that runs this, where it is new enough, else of one that is. */
async function nodeFor(range: string | undefined, folder: string): Promise<string> {
  const own = Number(process.versions.node.split('.')[0]);
  if (range === undefined || own >= Number(range)) return process.execPath;
  const { environment } = await nodeVersion(range, folder);
  const { stdout } = await command('node', ['-p', 'process.execPath'], { cwd: folder, environment });
  return stdout.trim();
}
