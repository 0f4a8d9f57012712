import { spawn } from 'node:child_process';

export interface EndedCommand {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** The user to be, for those who are root. */
  readonly uid?: number;
}

const limitMs = 300_000;

/** Runs a program to its end. */
export async function command(
  program: string,
  words: readonly string[],
  { cwd, environment = process.env, input = '', uid }: CommandOptions,
): Promise<EndedCommand> {
  const child = spawn(program, words, {
    cwd,
    env: environment,
    timeout: limitMs,
    ...(uid !== undefined && { uid, gid: uid }),
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += String(chunk)));
  child.stdin.on('error', () => undefined).end(input);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, ...said };
}

/**
 * The same, for a program that must end in a certain way.
 * @throws Error with all that it said when it ends with another code
 */
export async function commandEnding(
  expected: number,
  program: string,
  words: readonly string[],
  options: CommandOptions,
): Promise<EndedCommand> {
  const ended = await command(program, words, options);
  if (ended.exitCode === expected) return ended;
  throw new Error(
    `${[program, ...words].join(' ')} ended with ${ended.exitCode} and not with ${expected}:\n${ended.stdout}${ended.stderr}`,
  );
}
