import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Usage {
  readonly cpuMs: number | undefined;
  readonly peakMb: number | undefined;
}

/** A command, changed such that one learns what it took. */
export interface Accounting {
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** To be asked when the process has ended. */
  read(): Usage;
}

const gnuTime = '/usr/bin/time';

/** GNU time sees every process, also what is not Node; macOS has another `time` in the same place. */
const hasGnuTime = process.platform === 'linux' && existsSync(gnuTime);

/** @param folder an empty one, for what is written meanwhile */
export function accountingFor(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  folder: string,
  withGnuTime = hasGnuTime,
): Accounting {
  return withGnuTime ? byGnuTime(words, environment, folder) : byNode(words, environment, folder);
}

function byGnuTime(words: readonly string[], environment: NodeJS.ProcessEnv, folder: string): Accounting {
  const file = path.join(folder, 'time.txt');
  return {
    words: [gnuTime, '--quiet', '--format', '%U %S %M', '--output', file, ...words],
    environment,
    read: () => readGnuTime(existsSync(file) ? readFileSync(file, 'utf8') : ''),
  };
}

/** @param text seconds in user mode, seconds in the kernel, and KiB, in the last line */
export function readGnuTime(text: string): Usage {
  const [, user, system, kib] = /(\d+\.\d+) (\d+\.\d+) (\d+)\s*$/.exec(text) ?? [];
  if (kib === undefined) return { cpuMs: undefined, peakMb: undefined };
  return { cpuMs: Math.round((Number(user) + Number(system)) * 1000), peakMb: (Number(kib) * 1024) / 1e6 };
}

/** Processes of Node write down themselves what they took; others remain unknown. */
function byNode(words: readonly string[], environment: NodeJS.ProcessEnv, folder: string): Accounting {
  const hook = new URL('./resource-hook.js', import.meta.url);
  const options = [environment['NODE_OPTIONS'] ?? '', `--import=${fileURLToPath(hook).replaceAll(' ', '\\ ')}`];
  return {
    words,
    environment: { ...environment, NODE_OPTIONS: options.join(' ').trim(), BENCH_USAGE_FOLDER: folder },
    read() {
      const parts = readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { cpuMs: number; peakMb: number });
      if (parts.length === 0) return { cpuMs: undefined, peakMb: undefined };
      return {
        cpuMs: parts.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
        peakMb: Math.max(...parts.map(({ peakMb }) => peakMb)),
      };
    },
  };
}
