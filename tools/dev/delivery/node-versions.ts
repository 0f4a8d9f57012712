import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandEnding } from './command.ts';

/** A Node that programs find before all others. */
export interface NodeVersion {
  /** As it calls itself, without the v. */
  readonly version: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Brings a version of Node by the packages of npm: those that `node` would install by a script, called directly.
 * @param range as 22, or 20.19.0
 */
export async function nodeVersion(range: string, folder: string): Promise<NodeVersion> {
  const { platform, arch } = process;
  const name = `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`;
  const own = path.join(folder, `node-${range}`);
  mkdirSync(own);
  writeFileSync(path.join(own, 'package.json'), '{ "private": true }\n');
  const words = ['install', `${name}@${range}`, '--ignore-scripts', '--no-audit', '--no-fund'];
  await commandEnding(0, 'npm', words, { cwd: own });
  const bin = path.join(own, 'node_modules', name, 'bin');
  const environment = { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` };
  const { stdout } = await commandEnding(0, 'node', ['--version'], { cwd: own, environment });
  return { version: stdout.trim().replace(/^v/, ''), environment };
}
