import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { createProgram } from '../../cli/program.ts';
import type { Results } from '../../engine/results/results.ts';
import type { CliRun } from './run-cli.ts';

/** The compiled one: its worker is found beside it, and Node loads it as it is. */
const compiled = new URL('../../../dist/tools/cli/program.js', import.meta.url).href;

/**
 * Runs the command line in this process, to its end: what it says, writes and ends with is that of a process of its own,
 * at half the cost. For tests that are not about the process.
 * @param folder where it runs
 */
export async function runInProcess(
  words: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<CliRun> {
  const program = (await import(/* @vite-ignore */ compiled)) as { createProgram: typeof createProgram };
  let [stdout, stderr] = ['', ''];
  const io = {
    environment: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    workingDirectory: folder,
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  };
  const exitCode = await program.createProgram(io, new AbortController().signal)(words);
  const results = () => JSON.parse(readFileSync(path.join(folder, 'reports', 'results.json'), 'utf8')) as Results;
  return { exitCode, stdout, stderr, folder, results };
}
