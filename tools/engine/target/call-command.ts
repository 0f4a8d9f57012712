import { execFile } from 'node:child_process';
import { CouldNotRun, Interrupted } from './could-not-run.ts';
import { excerpt } from '../http/excerpt.ts';
import { isObject } from '../catalogue/json-value.ts';
import type { CallKind } from './target.ts';

/** How long a command that makes a call may take. */
const commandLimitMs = 30_000;

/**
 * Splits a command line at spaces; quotes, single or double, keep a word together. There is no shell, so nothing else
 * is special.
 * @returns undefined when a quote is not closed, or there is no word
 */
export function splitCommand(line: string): string[] | undefined {
  const words = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  const rest = line.replace(/(?:[^\s"']|"[^"]*"|'[^']*')+/g, '').trim();
  if (words.length === 0 || rest !== '') return undefined;
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_quoted, double, single) => double ?? single));
}

export interface CallCommand {
  readonly kind: CallKind;
  /** Where the call has to notify. */
  readonly callbackUri: string;
  /** Ends the command. */
  readonly signal: AbortSignal;
  readonly limitMs?: number;
}

/**
 * Runs the command of a target file that makes a call.
 * The command gets the kind of call and the callback URI in CALL_MUTE_CALL_KIND and CALL_MUTE_CALLBACK_URI, and
 * prints one JSON object with `id` and, where it knows it, `participantId`.
 * @throws CouldNotRun with the command's standard error when it fails, takes too long or prints something else
 * @throws Interrupted when the signal is aborted
 */
export function runCallCommand(
  line: string,
  { kind, callbackUri, signal, limitMs = commandLimitMs }: CallCommand,
): Promise<{ id: string; participantId: string | undefined }> {
  const about = `the command for calls.${kind} (${line})`;
  const [file, ...words] = splitCommand(line) ?? [];
  if (file === undefined)
    return Promise.reject(new CouldNotRun(`${about} is not a valid command: a quote is not closed`));
  const env = { ...process.env, CALL_MUTE_CALL_KIND: kind, CALL_MUTE_CALLBACK_URI: callbackUri };
  // A command that heeds nothing else must not hold up the run.
  const options = { env, timeout: limitMs, killSignal: 'SIGKILL', signal, maxBuffer: 1024 * 1024 } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(file, words, options, (error, stdout, stderr) => {
      if (signal.aborted) return reject(new Interrupted('the run was interrupted'));
      const said = stderr.trim() === '' ? '' : `; it said: ${excerpt(stderr.trim(), 1000)}`;
      const fail = (problem: string) => reject(new CouldNotRun(`${about} ${problem}${said}`));
      if (error !== null) return fail(describe(error, limitMs));
      const made = readMade(stdout);
      if (made === undefined) return fail('did not print one JSON object with an id');
      resolve(made);
    });
    // What a command that has ended does not read is no fault.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end();
  });
}

function describe(error: Error & { killed?: boolean; code?: unknown; signal?: unknown }, limitMs: number): string {
  if (error.code === 'ENOENT') return 'was not found; give a path, or a name that PATH leads to';
  if (error.code === 'EACCES') return 'may not be executed';
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'printed more than 1 MiB';
  if (error.killed === true) return `did not end within ${limitMs / 1000} s`;
  return `failed (${typeof error.code === 'number' ? `exit code ${error.code}` : String(error.signal ?? error.message)})`;
}

function readMade(stdout: string): { id: string; participantId: string | undefined } | undefined {
  let made: unknown;
  try {
    made = JSON.parse(stdout);
  } catch {
    return undefined;
  }
  const { id, participantId } = isObject(made) ? made : {};
  if (typeof id !== 'string' || id === '') return undefined;
  return { id, participantId: typeof participantId === 'string' && participantId !== '' ? participantId : undefined };
}
