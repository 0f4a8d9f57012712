import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const commandLine = fileURLToPath(new URL('../../../../dist/tools/cli/cli.js', import.meta.url));

/** What hostile runs are given unless they say otherwise: the limits of the issue that this corpus was made for. */
export const shortTimeouts = ['--request-timeout', '2s', '--notification-timeout', '2s'];

/** For targets that keep all their promises: on a slow machine they need longer, and elsewhere that costs nothing. */
export const patientTimeouts = ['--request-timeout', '20s', '--notification-timeout', '20s'];

export interface CommandOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  /** Words before the script, for Node itself. */
  readonly nodeOptions?: readonly string[];
  /** Called once with the process, and again with all that it has printed whenever it prints. */
  readonly watch?: (running: RunningCommand) => void;
  /** Where standard output goes in place of being kept: the number of an open file. */
  readonly stdout?: number;
  /** Kills the process when it takes longer, so that a test fails by its own expectation rather than by its runner's. */
  readonly limitMs?: number;
}

export interface RunningCommand {
  readonly pid: number;
  readonly stdout: string;
  readonly stderr: string;
  kill(signal: NodeJS.Signals): void;
  /** Closes the reading end of standard output, as `head -1` does. */
  closeStdout(): void;
}

/** How a command line ended, and what it took. */
export interface EndedCommand {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly seconds: number;
  /** The most memory that the process ever held; undefined where the system does not tell. */
  readonly peakMegabytes: number | undefined;
  /** Time of the processor, user and system; undefined where the system does not tell. */
  readonly processorSeconds: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder of its own for a run's reports. */
export function emptyFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'call-mute-hostile-'));
}

/** The high-water mark of a process's memory, which Linux tells; undefined elsewhere and when the process is gone. */
function peakMegabytes(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/** The time of the processor that a process has had, by the ticks of Linux, of which there are a hundred a second. */
function processorSeconds(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

/** Starts the built command line as users do, and waits until it has ended. */
export function runCommand(words: readonly string[], options: CommandOptions = {}): Promise<EndedCommand> {
  const { environment, workingDirectory, nodeOptions = [], watch, limitMs = 120_000 } = options;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, commandLine, ...words], {
    cwd: workingDirectory,
    env: { PATH: process.env['PATH'], NO_COLOR: '1', LANG: 'C.UTF-8', ...environment },
    stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let peak: number | undefined;
  let processor: number | undefined;
  const running: RunningCommand = {
    pid: child.pid ?? 0,
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
    kill: (signal) => child.kill(signal),
    closeStdout: () => child.stdout?.destroy(),
  };
  const sampling = setInterval(() => {
    peak = Math.max(peak ?? 0, peakMegabytes(running.pid) ?? 0) || undefined;
    processor = processorSeconds(running.pid) ?? processor;
  }, 50);
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    watch?.(running);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    watch?.(running);
  });
  watch?.(running);
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearInterval(sampling);
      clearTimeout(limit);
    };
    child.once('error', (error) => {
      stop();
      reject(error);
    });
    child.once('close', (exitCode, signal) => {
      stop();
      const seconds = (performance.now() - startedAt) / 1000;
      resolve({ exitCode, signal, seconds, peakMegabytes: peak, processorSeconds: processor, stdout, stderr });
    });
  });
}
