/** The scripts of docs/scale.md, carried out on this machine in place of a CI system. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import { startEmulatorServer } from '../../emulator/start.ts';
import { loadResults } from '../../engine/results/load-results.ts';
import { runInProcess } from '../testing/run-in-process.ts';

interface Step {
  readonly run?: string;
}

interface GitHub {
  readonly jobs: Record<
    'shard' | 'whole',
    { readonly strategy?: { readonly matrix: Matrix }; readonly steps: readonly Step[] }
  >;
}

type Matrix = Readonly<Record<'target' | 'version' | 'shard', readonly (string | number)[]>>;

interface GitLab {
  readonly shard: {
    readonly parallel: { readonly matrix: readonly Readonly<Record<string, readonly string[]>>[] };
    readonly script: readonly string[];
  };
  readonly whole: { readonly script: readonly string[] };
}

const page = readFileSync(path.join(packageRoot, 'docs/scale.md'), 'utf8');
const [github, gitlab] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(
  ([, text = '']) => parse(text) as unknown,
) as [GitHub, GitLab];
const scriptOf = (job: 'shard' | 'whole') => github.jobs[job].steps.flatMap(({ run }) => run ?? []).join('\n');

const folder = mkdtempSync(path.join(tmpdir(), 'scale-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bin = path.join(folder, 'bin');
beforeAll(() => {
  mkdirSync(bin);
  const cli = path.join(packageRoot, 'dist/tools/cli/cli.js');
  writeFileSync(path.join(bin, 'npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${cli}" "$@"\n`, { mode: 0o755 });
});

/** A job in the folder that all jobs share; `npx` leads to the compiled command line. */
async function job(script: string, environment: Readonly<Record<string, string>>) {
  const child = spawn('bash', ['-e', '-c', script], {
    cwd: folder,
    env: { HOME: process.env['HOME'], PATH: `${bin}:${process.env['PATH']}`, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { status, said };
}

describe('the examples of docs/scale.md', () => {
  it('are the same for GitHub and GitLab', () => {
    expect(gitlab.shard.script.map((line) => line.trim())).toEqual([scriptOf('shard').trim()]);
    expect(gitlab.whole.script.map((line) => line.trim())).toEqual([scriptOf('whole').trim()]);
    const { target, version, shard } = github.jobs.shard.strategy?.matrix ?? {};
    expect(gitlab.shard.parallel.matrix).toEqual([
      { TARGET: target, GRAPH_VERSION: version, SHARD: shard?.map(String) },
    ]);
  });

  it('end with one comparison of complete runs, and with the exit code of the worst', async () => {
    const { target: targets = [], version: versions = [] } = github.jobs.shard.strategy?.matrix ?? {};
    const emulator = await startEmulatorServer({ acceptAnyToken: true });
    try {
      mkdirSync(path.join(folder, 'targets'));
      for (const target of targets) {
        writeFileSync(
          path.join(folder, 'targets', `${target}.yaml`),
          `name: ${target}-\${GRAPH_VERSION}\nbaseUrl: ${emulator.origin}/\${GRAPH_VERSION}\ntoken: \${ACME_TOKEN}\n`,
        );
      }
      // Two shards of a few cases show as much as four of all.
      const script = scriptOf('shard').replace('$SHARD/4', '$SHARD/2');
      const environment = { CALL_MUTE_SEED: '7', CALL_MUTE_SUITE: 'location-header', ACME_TOKEN: 'any' };
      const jobs = targets.flatMap((target) =>
        versions.flatMap((version) => ['1', '2'].map((shard) => [target, version, shard])),
      );
      const ended = await Promise.all(
        jobs.map(([target, version, shard]) =>
          job(script, { ...environment, TARGET: String(target), GRAPH_VERSION: String(version), SHARD: String(shard) }),
        ),
      );
      for (const { status, said } of ended) expect(status, said).toBe(0);
      const whole = await job(scriptOf('whole'), {});
      expect(whole.status, whole.said).toBe(0);
      const runs = readdirSync(path.join(folder, 'whole')).sort();
      expect(runs).toEqual(targets.flatMap((target) => versions.map((version) => `${target}-${version}`)).sort());
      for (const run of runs) {
        const { target, run: merged, cases } = loadResults(path.join(folder, 'whole', run, 'results.json'));
        expect(target.name).toBe(run);
        expect(merged).toMatchObject({ complete: true, filters: { suite: ['location-header'] } });
        expect(merged.shard).toBeUndefined();
        expect(cases.length).toBeGreaterThan(10);
      }
      expect(readFileSync(path.join(folder, 'comparison', 'comparison.html'), 'utf8')).toContain('umbrella-v1.0');

      rmSync(path.join(folder, 'shards', 'acme-beta-2'), { recursive: true });
      const without = await job(scriptOf('whole'), {});
      expect(without.status, without.said).toBe(3);
      expect(without.said).toMatch(/incomplete/);
    } finally {
      await emulator.close();
    }
  }, 120_000);

  it('lose no violation that another shard saw than the one that has its case', async () => {
    const chosen = '--suite location-header --suite client-context --fault location-missing --rate 0.3 --seed 7';
    const run = (words: string) => runInProcess(words.split(' '), folder);
    const shardOf = (shard: number) =>
      run(`${chosen} --shard ${shard}/3 --formats md --quiet --report-dir seen/${shard}`);
    const ended = await Promise.all([1, 2, 3].map(shardOf));
    const files = [1, 2, 3].map((shard) => `seen/${shard}/results.json`);
    const shards = files.map((file) => loadResults(path.join(folder, file)));
    const failing = shards.map(({ cases }) => cases.filter(({ verdict }) => verdict === 'failed'));
    expect(ended.map(({ exitCode }) => exitCode === 1)).toEqual(failing.map(({ length }) => length > 0));
    expect(failing.flat().some(({ otherShard }) => otherShard === true)).toBe(true);
    const merged = await run(`merge ${files.join(' ')} --out seen/whole --quiet`);
    expect(merged.exitCode, merged.stderr).toBe(1);
    const { cases } = loadResults(path.join(folder, 'seen', 'whole', 'results.json'));
    const broken = cases.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
    expect(new Set(broken)).toEqual(new Set(failing.flat().map(({ id }) => id)));
    expect(broken).toContain('location.present/sends-one-location-header');
  }, 60_000);
});
