/** The compiled command line as people run it: a process for each command, with filters that keep it short. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { packageVersion } from '../engine/catalogue/package-root.ts';
import { resultsProblem } from '../engine/results/results-schema.ts';
import type { Results } from '../engine/results/results.ts';
import { parseXml } from '../dev/testing/parsed-xml.ts';
import { type CliRun, runCli, startCli } from '../dev/testing/run-cli.ts';

// A process for each command, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function run(...given: Parameters<typeof runCli>): Promise<CliRun> {
  const ended = await runCli(...given);
  folders.push(ended.folder);
  return ended;
}

const here = ['--report-dir', 'reports'];
const few = [...here, '--requirement', 'status.success'];
const read = (ended: CliRun, name: string) => readFileSync(path.join(ended.folder, 'reports', name), 'utf8');

/** The counts of junit.xml against those of the cases. */
function expectSameCounts(junit: string, { cases }: Results): void {
  const { attributes } = parseXml(junit);
  const having = (...verdicts: string[]) => cases.filter(({ verdict }) => verdicts.includes(verdict)).length;
  expect(attributes).toMatchObject({
    tests: String(cases.length),
    failures: String(having('failed', 'unexpected-pass')),
    errors: String(having('could-not-run', 'indeterminate', 'harness-error')),
  });
}

describe('each exit code', () => {
  it('0: a filtered run without failures; results and reports belong together, and no log is left', async () => {
    const ended = await run([...few, '--formats', 'junit,md,html,badge', '--seed', '7']);
    expect(ended.exitCode).toBe(0);
    const results = ended.results();
    expect(resultsProblem('results', results)).toBeUndefined();
    expect(results.run).toMatchObject({ seed: 7, complete: true, partial: true, exitCode: 0 });
    expectSameCounts(read(ended, 'junit.xml'), results);
    expect(existsSync(path.join(ended.folder, 'reports', 'events.jsonl'))).toBe(false);
    expect(results.cases.every(({ exchanges, notifications }) => exchanges.length + notifications.length === 0)).toBe(
      true,
    );
    expect(read(ended, 'index.html')).toMatch(/^<!doctype html>/i);
    expect(read(ended, 'summary.md')).toMatch(/incomplete/);
    expect(existsSync(path.join(ended.folder, 'reports', 'badge.json'))).toBe(false);
    expect(ended.stdout.trimEnd().split('\n').at(-1)).toMatch(/^incomplete \(filtered\): divergence 0\.0 %/);
  });

  it('2: wrong usage', async () => {
    const ended = await run([...few, '--strcit']);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(/unknown option '--strcit'[^]*Did you mean --strict/);
    expect(existsSync(path.join(ended.folder, 'reports'))).toBe(false);
  });
});

it('serve ends when it is interrupted, which is no fault and needs no words', async () => {
  const started = startCli(['serve']);
  folders.push(started.folder);
  await new Promise((resolve) => started.process.stdout?.once('data', resolve));
  started.process.kill('SIGINT');
  expect(await started.ended).toMatchObject({ exitCode: 0, stderr: '' });
});

describe('--help and --version', () => {
  it('say what there is', async () => {
    const [help, runHelp, version] = await Promise.all([run(['--help']), run(['run', '--help']), run(['--version'])]);
    expect(version).toMatchObject({ exitCode: 0, stdout: `${packageVersion()}\n` });
    expect(help).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/Commands:[^]*\brun\b[^]*\bmerge\b/) });
    expect(runHelp).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/--base-url[^]*Examples:[^]*Exit codes/),
    });
  });
});
