import { performance } from 'node:perf_hooks';
import { examine } from '../api/doctor/examine.ts';
import type { DoctorFinding } from '../api/doctor/finding.ts';
import { suggestCapabilities } from '../api/doctor/suggestion.ts';
import { selfSignedIdentity } from '../emulator/tls-identity.ts';
import { Style } from '../reports/console-style.ts';
import { printable } from '../reports/printable.ts';
import type { Redactor } from '../engine/http/redaction.ts';
import { callbackNames } from '../engine/callback/callback-address.ts';
import { Interrupted } from '../engine/target/could-not-run.ts';
import { KnownSecrets } from '../engine/http/known-secrets.ts';
import { type Target, namesOf } from '../engine/target/target.ts';
import { readOptions, type WrittenOptions } from '../api/run/config.ts';
import { chooseTargets } from '../api/run/targets.ts';
import { type CommandIo, wantsColour, wantsUnicode } from './command-io.ts';
import { waitForTarget } from '../api/run/wait-for-target.ts';

/** The options that say what the target is and how it is reached. */
export type DoctorOptions = WrittenOptions;

/** Room for the name of a step. */
const labelWidth = 19;

/**
 * Goes through what a run needs of each target, and prints a line for each step and a fix for each problem.
 * @returns the exit code: 0 when nothing is in the way of a run, else 4
 * @throws ConfigurationError for options that are wrong
 */
export async function doctor(options: DoctorOptions, io: CommandIo, signal: AbortSignal): Promise<number> {
  const { stdout, environment } = io;
  const config = readOptions(options);
  const { wait } = config;
  const prepared = await (await chooseTargets(config, io)).start();
  const style = new Style({
    colour: wantsColour(stdout, environment),
    width: stdout.columns ?? 100,
    unicode: wantsUnicode(environment),
  });
  const write = (text: string) => void stdout.write(style.finished(`${text}\n`));
  let problems = 0;
  try {
    for (const target of prepared.targets) {
      if (wait !== undefined) await waitForTarget(target, wait.ms, wait.written, signal);
      problems += await examineOne(target, style, write, signal);
    }
    return problems === 0 ? 0 : 4;
  } catch (error) {
    if (error instanceof Interrupted) return 130;
    throw error;
  } finally {
    await prepared.close();
  }
}

/** @returns how many problems there are */
async function examineOne(
  target: Target,
  style: Style,
  write: (text: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const startedAt = performance.now();
  let { redactor }: { redactor: Redactor } = new KnownSecrets(target.secrets, namesOf(target));
  write(`${style.colours.bold(target.name)} at ${target.baseUrl}`);
  const callbackTls = target.callback.tls ? await selfSignedIdentity(callbackNames(target.callback)) : undefined;
  const findings = examine(target, {
    signal,
    ...(callbackTls && { callbackTls }),
    onSession: ({ secrets }) => ({ redactor } = secrets),
  });
  let problems = 0;
  for (;;) {
    const { done, value } = await findings.next();
    if (done === true) {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      write(closing(problems, seconds));
      if (value !== undefined) {
        write(['', 'What was seen, for the target file:', '', ...suggestCapabilities(target, value), ''].join('\n'));
      }
      return problems;
    }
    if (value.state === 'problem') problems += 1;
    for (const line of linesOf(redactor.deep(value), style)) write(line);
  }
}

function closing(problems: number, seconds: string): string {
  if (problems === 0) return `Ready to run. (${seconds} s)`;
  return `Fix ${problems === 1 ? 'one problem' : `${problems} problems`} before running. (${seconds} s)`;
}

function linesOf({ step, state, detail, fix }: DoctorFinding, style: Style): string[] {
  const { green, red, dim } = style.colours;
  const sign = state === 'ok' ? green('✓') : state === 'problem' ? red('✗') : dim('–');
  const lines = style.labelled(step, printable(detail), 2, labelWidth);
  const remedy = fix === undefined ? [] : style.labelled('  fix', printable(fix), 2, labelWidth);
  return [...lines, ...remedy].map((line, index) => (index === 0 ? `${sign} ${line.trimStart()}` : line));
}
