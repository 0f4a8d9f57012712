import { existsSync, readFileSync, statSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import { Unavailable } from './peer.ts';

const home = path.join(packageRoot, 'tools', 'bench');

/** The absolute path of a file that was written for a peer. */
export function peerFile(name: string): string {
  return path.join(home, 'peers', name);
}

/** The text of such a file with what stands between double braces filled in. */
export function filledPeerFile(name: string, values: Readonly<Record<string, string>>): string {
  return readFileSync(peerFile(name), 'utf8').replaceAll(
    /\{\{(\w+)\}\}/g,
    (whole, key: string) => values[key] ?? whole,
  );
}

const modules = path.join(home, 'node_modules');

/**
 * Installs the packages of tools/dev/bench as its lock file says, unless they are there.
 * @returns why that is impossible, if it is
 */
export function installPeers(output: { write(text: string): unknown }): string | undefined {
  const modified = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (modified(path.join(modules, '.package-lock.json')) >= modified(path.join(home, 'package-lock.json')))
    return undefined;
  output.write('Installing the peers …\n');
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr, error } = spawnSync('npm', ['ci', '--prefix', home, ...quietly], { encoding: 'utf8' });
  if (status === 0) return undefined;
  return `The packages of the peers could not be installed: ${error?.message ?? stderr.trim().split('\n')[0]}.`;
}

/** The words that start a program of tools/dev/bench. @throws Unavailable when its package is not installed */
export function peerProgram(file: string): string[] {
  const program = path.join(modules, file);
  if (!existsSync(program))
    throw new Unavailable(`its package is not installed (tools/dev/bench/node_modules//${file})`);
  return program.endsWith('.jar') ? ['java', '-jar', program] : [process.execPath, program];
}
