import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { accountingFor } from './accounting.ts';

/** What a process that has ended took, and what it said. */
export interface Measured {
  readonly wallMs: number;
  /** User and system time of the process and of what it started; undefined where nothing here can tell. */
  readonly cpuMs: number | undefined;
  /** The peak resident memory of the largest process among them, in MB of a million bytes. */
  readonly peakMb: number | undefined;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly cwd?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Ends the process after so many milliseconds; what it had said by then counts. */
  readonly timeoutMs?: number;
}

/** Of what a process says, this much is kept of each stream. */
const keptCharacters = 2_000_000;

/** Runs a command to its end and measures it. @throws Error when it cannot be started */
export async function measure(words: readonly string[], options: ProcessOptions = {}): Promise<Measured> {
  const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-bench-'));
  try {
    const accounting = accountingFor(words, options.environment ?? process.env, folder);
    const [command = '', ...rest] = accounting.words;
    const startedAt = performance.now();
    const child = spawn(command, rest, {
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      env: accounting.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, which can be ended as a whole: who accounts would end alone, and leave the rest behind.
      detached: true,
    });
    const end = () => endGroup(child.pid);
    process.once('exit', end);
    const limit = options.timeoutMs === undefined ? undefined : setTimeout(end, options.timeoutMs);
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        if (said[name].length < keptCharacters) said[name] += chunk;
      });
    }
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    clearTimeout(limit);
    process.off('exit', end);
    const wallMs = performance.now() - startedAt;
    return { wallMs, ...accounting.read(), exitCode, ...said };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
