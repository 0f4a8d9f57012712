import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import type { Results } from '../../../engine/results/results.ts';
import type { Deviation } from '../../../emulator/deviation.ts';
import { readResults } from './artefacts.ts';
import { emptyFolder, type EndedCommand, runCommand } from './command-line.ts';
import { expectGoodProcess, goodResults, noteRun, noteTarget, token } from './hostile-run.ts';
import { type HostileTarget, type Misbehaviour, type Place, startHostileTarget } from './proxy.ts';

/** What a run found of one of its targets. */
export interface FoundTarget {
  readonly target: HostileTarget;
  readonly results: Results;
}

/** A target that is tested in one run with others. */
export interface TargetAmongOthers {
  readonly name: string;
  readonly place: Place;
  readonly reply: Misbehaviour;
  readonly deviation?: Deviation;
  /** Members of its target file beside where it is and the token. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Holds what was found against what is to be found. @returns what the run says of it, in words */
  judge(found: FoundTarget): string;
}

/** Of a target file: how long a target may take for an answer and for an update. */
export function timeoutsOf(duration: string): { request: string; notification: string } {
  return { request: duration, notification: duration };
}

/** For targets that misbehave, and for those that keep all their promises: see command-line.ts. */
export const short = timeoutsOf('2s');
export const patient = timeoutsOf('20s');

interface RunTogether {
  readonly ended: EndedCommand;
  readonly found: ReadonlyMap<TargetAmongOthers, { readonly target: HostileTarget; readonly folder: string }>;
}

async function run(targets: readonly TargetAmongOthers[], words: readonly string[]): Promise<RunTogether> {
  const [files, reports] = [emptyFolder(), emptyFolder()];
  const started = await Promise.all(
    targets.map(async (one, index) => {
      const target = await startHostileTarget(one.place, one.reply, token, one.deviation);
      const name = `target-${index + 1}`;
      const file = path.join(files, `${name}.yaml`);
      // JSON is YAML, too.
      writeFileSync(
        file,
        JSON.stringify({ name, baseUrl: target.baseUrl, token: '${HOSTILE_TOKEN}', ...one.settings }),
      );
      return { one, target, file, folder: targets.length === 1 ? reports : path.join(reports, name) };
    }),
  );
  const ended = await runCommand(['--target', ...started.map(({ file }) => file), '--report-dir', reports, ...words], {
    environment: { HOSTILE_TOKEN: token },
  });
  return { ended, found: new Map(started.map(({ one, target, folder }) => [one, { target, folder }])) };
}

async function close({ found }: RunTogether): Promise<void> {
  await Promise.all([...found.values()].map(({ target }) => target.close()));
}

function judge(one: TargetAmongOthers, { found }: RunTogether): { readonly results: Results; readonly said: string } {
  const { target, folder } = found.get(one) ?? expect.unreachable(`${one.name} was not run`);
  const results = goodResults(folder);
  return { results, said: one.judge({ target, results }) };
}

/** A test of one target, in a run of its own: for what is proven of time and memory. */
export async function judgeAlone(
  one: TargetAmongOthers,
  words: readonly string[],
  { task }: TestContext,
): Promise<void> {
  const alone = await run([one], words);
  try {
    expectGoodProcess(alone.ended);
    const { results, said } = judge(one, alone);
    noteRun(task, alone.ended, said);
    expect(alone.ended.exitCode).toBe(results.run.exitCode);
  } finally {
    await close(alone);
  }
}

function isTriedAgain({ task: { result } }: TestContext): boolean {
  return (result?.retryCount ?? 0) > 0;
}

/**
 * A test of each target, of what one run of the command line against all of them says of it: a process for each would
 * take three times as long, and what one target does must not change what is said of another. A test that is tried
 * again has a run of its own.
 * @param words of the command line, beside the targets
 */
export function testTogether(targets: readonly TargetAmongOthers[], words: readonly string[]): void {
  let all: RunTogether;
  beforeAll(async () => {
    all = await run(targets, words);
  }, 150_000);
  afterAll(() => close(all));

  test(`one run of all ${targets.length}`, async (context) => {
    if (isTriedAgain(context)) {
      await close(all);
      all = await run(targets, words);
    }
    const { ended, found } = all;
    expectGoodProcess(ended);
    noteRun(context.task, ended, `${targets.length} targets`);
    const exitCodes = [...found.values()].map(({ folder }) => readResults(folder).run.exitCode);
    expect(exitCodes).toContain(ended.exitCode);
    expect(ended.exitCode === 0).toBe(exitCodes.every((exitCode) => exitCode === 0));
  });

  for (const one of targets) {
    test(one.name, async (context) => {
      if (isTriedAgain(context)) return judgeAlone(one, words, context);
      const { results, said } = judge(one, all);
      noteTarget(context.task, results, said);
    });
  }
}
