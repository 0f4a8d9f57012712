import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Results } from '../../engine/results/results.ts';

const cli = fileURLToPath(new URL('../../../dist/tools/cli/cli.js', import.meta.url));

export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The folder in which the command ran. */
  readonly folder: string;
  /** results.json of the folder `reports`. */
  results(): Results;
}

/** A command that is under way. */
export interface StartedCli {
  readonly process: ChildProcess;
  readonly folder: string;
  /** All that it has written to standard error so far. */
  said(): string;
  readonly ended: Promise<CliRun>;
}

/**
 * Starts the compiled command line in a folder of its own, or in one that is given.
 * @param files written into the folder before, by name
 */
export function startCli(
  words: readonly string[],
  files: Readonly<Record<string, string>> = {},
  environment: NodeJS.ProcessEnv = {},
  folder: string = mkdtempSync(path.join(tmpdir(), 'call-mute-cli-')),
): StartedCli {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const child = spawn(process.execPath, [cli, ...words], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const results = () => JSON.parse(readFileSync(path.join(folder, 'reports', 'results.json'), 'utf8')) as Results;
  const ended = new Promise<CliRun>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr, folder, results }));
  });
  return { process: child, folder, said: () => stderr, ended };
}

/**
 * Runs the compiled command line in a folder of its own to its end.
 * @param files written into the folder before, by name
 */
export function runCli(
  words: readonly string[],
  files: Readonly<Record<string, string>> = {},
  environment: NodeJS.ProcessEnv = {},
): Promise<CliRun> {
  return startCli(words, files, environment).ended;
}
