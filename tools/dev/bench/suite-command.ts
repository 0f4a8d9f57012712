import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import type { Results } from '../../engine/results/results.ts';
import { measure, type Measured } from './measured-process.ts';

export const cli = path.join(packageRoot, 'dist', 'tools', 'cli', 'cli.js');

/** The user's own CALL_MUTE_… must not choose another target, nor some of the cases. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CALL_MUTE_')));
}

/** Runs a command of the suite in a process of its own. */
export function suiteCommand(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Measured> {
  return measure([process.execPath, cli, ...words], { environment: { ...ownEnvironment(), ...environment } });
}

/** Runs the suite as a user does, and reads what it wrote. @throws Error when it ended otherwise than a run does */
export async function suiteRun(
  words: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<{ readonly measured: Measured; readonly results: Results }> {
  const measured = await suiteCommand(['run', '--quiet', '--seed', '7', '--report-dir', folder, ...words], environment);
  return { measured, results: resultsIn(folder, measured) };
}

/** @throws Error with what the process said when there are none */
export function resultsIn(folder: string, { exitCode, stderr }: Measured): Results {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'results.json'), 'utf8')) as Results;
  } catch (cause) {
    throw new Error(`the suite wrote no results, and ended with ${exitCode}: ${stderr}`, { cause });
  }
}
