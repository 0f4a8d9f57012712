import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Results } from '../../engine/results/results.ts';

const cli = fileURLToPath(new URL('../../../dist/tools/cli/cli.js', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly results: Results;
}

/** Runs the compiled suite in a process of its own, as a user does. */
export async function runSuite(words: readonly string[]): Promise<Ended> {
  const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-interoperation-'));
  try {
    // Of the reports only results.json is read.
    const options = ['--report-dir', folder, '--formats', 'badge', '--quiet', '--seed', '7'];
    const child = spawn(process.execPath, [cli, 'run', ...words, ...options]);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
    const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
    const file = path.join(folder, 'results.json');
    if (!existsSync(file)) throw new Error(`the suite wrote no results, and ended with ${exitCode}: ${output}`);
    const results = JSON.parse(readFileSync(file, 'utf8')) as Results;
    return { exitCode, output, results };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
