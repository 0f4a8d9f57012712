import type { RunIo } from '../api/run/config.ts';

/** Everything outside that a command touches, so that tests can give their own. */
export interface CommandIo extends RunIo {
  readonly stdout: Output;
  readonly stderr: Output;
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Whether colours are wanted on an output: NO_COLOR and FORCE_COLOR take precedence over what the output is. */
export function wantsColour(output: Output, environment: NodeJS.ProcessEnv): boolean {
  if (environment['NO_COLOR']) return false;
  if (environment['FORCE_COLOR'] !== undefined) return environment['FORCE_COLOR'] !== '0';
  return output.isTTY === true && environment['TERM'] !== 'dumb';
}

/** Whether an output can show more than ASCII, by the locale as the C library reads it. */
export function wantsUnicode(environment: NodeJS.ProcessEnv): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return /utf-?8/i.test(locale);
}
