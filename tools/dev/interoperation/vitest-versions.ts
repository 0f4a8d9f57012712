import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/**
 * The package as it is packed, installed with some versions of vitest, each with what it needs for its page. What
 * another file of tests has installed is there already.
 */
export async function installVitest(versions: readonly VitestVersion[]): Promise<Installations> {
  const parent = inject('vitestVersions');
  const installed = new Map<string, InstalledVitest>();
  for (const { vitest, node } of versions) {
    const folder = path.join(parent, `vitest-${vitest}`);
    // Written last.
    const own = path.join(folder, 'node.txt');
    if (!existsSync(own)) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
      const packages = [await packed(parent), `vitest@${vitest}`, `@vitest/ui@${vitest}`];
      const quietly = ['--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];
      await commandEnding(0, 'npm', ['install', ...packages, ...quietly], { cwd: folder });
      writeFileSync(own, await nodeFor(node, folder));
    }
    const program = path.join(folder, 'node_modules', 'vitest', 'vitest.mjs');
    installed.set(vitest, { installation: { node: readFileSync(own, 'utf8'), program }, folder });
  }
  return {
    of({ vitest }) {
      const found = installed.get(vitest);
      if (found === undefined) throw new Error(`vitest ${vitest} is not installed`);
      return found;
    },
  };
}

/** The package as it is packed, once. It was built before the tests were started. */
async function packed(parent: string): Promise<string> {
  const there = readdirSync(parent).find((name) => name.endsWith('.tgz'));
  return there === undefined ? (await pack(packageRoot, parent, ['--ignore-scripts'])).file : path.join(parent, there);
}

/** The program of the Node that runs this, where it is new enough, else of one that is. */
async function nodeFor(range: string | undefined, folder: string): Promise<string> {
  const own = Number(process.versions.node.split('.')[0]);
  if (range === undefined || own >= Number(range)) return process.execPath;
  const { environment } = await nodeVersion(range, folder);
  const { stdout } = await command('node', ['-p', 'process.execPath'], { cwd: folder, environment });
  return stdout.trim();
}
