import { execFile } from 'node:child_process';
import { CouldNotRun } from './could-not-run.ts';
import { isObject } from './notifications.ts';
import type { CallKind } from './target.ts';

/** How long a command that makes a call may take. */
const limitMs = 30_000;

/** Splits a command line at spaces; quotes keep a word together. There is no shell, so nothing else is special. */
export function splitCommand(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}

/**
 * Runs the command of a target file that makes a call.
 * The command gets the kind of call and the callback URI in CALL_MUTE_CALL_KIND and CALL_MUTE_CALLBACK_URI, and
 * prints one JSON object with `id` and, where it knows it, `participantId`.
 * @throws CouldNotRun with the command's standard error when it fails, takes over 30 s or prints something else
 */
export function runCallCommand(
  line: string,
  about: { kind: CallKind; callbackUri: string; signal: AbortSignal },
): Promise<{ id: string; participantId: string | undefined }> {
  const [file = '', ...words] = splitCommand(line);
  const env = { ...process.env, CALL_MUTE_CALL_KIND: about.kind, CALL_MUTE_CALLBACK_URI: about.callbackUri };
  return new Promise((resolve, reject) => {
    const options = { env, timeout: limitMs, signal: about.signal, maxBuffer: 1024 * 1024 };
    const child = execFile(file, words, options, (error, stdout, stderr) => {
      const said = stderr.trim() === '' ? '' : `; it said: ${stderr.trim().slice(0, 1000)}`;
      const fail = (problem: string) =>
        reject(new CouldNotRun(`the command for calls.${about.kind} (${line}) ${problem}${said}`));
      if (error !== null) {
        return fail(
          error.killed
            ? `did not end within ${limitMs / 1000} s`
            : `failed (${error.code ?? error.signal ?? error.message})`,
        );
      }
      let made: unknown;
      try {
        made = JSON.parse(stdout);
      } catch {
        return fail('did not print one JSON object');
      }
      const { id, participantId } = isObject(made) ? made : {};
      if (typeof id !== 'string' || id === '') return fail('printed no id');
      resolve({ id, participantId: typeof participantId === 'string' ? participantId : undefined });
    });
    child.stdin?.end();
  });
}
