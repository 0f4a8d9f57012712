import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import type { GateFailure } from './matrix-gates.ts';
import type { Matrix } from './matrix.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'call-mute-mutants-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function mutants(...words: string[]) {
  const command = path.join(packageRoot, 'dist/tools/dev/mutants/mutants-command.js');
  // One lane is loaded faster than two, for so few runs.
  const all = [command, '--out', folder, '--lanes', '1', ...words];
  return spawnSync(process.execPath, all, { encoding: 'utf8', timeout: 110_000 });
}

describe('npm run mutants', () => {
  it('runs some, writes the matrix and judges what a part can show', { timeout: 120_000 }, () => {
    const { status, stdout } = mutants('--fault', 'location-missing', '--variant', 'roster-delta');
    expect(stdout).toContain('all gates hold: 1 of 1 faults killed, 1 of 1 variants green');
    expect(status).toBe(0);
    const matrix = JSON.parse(readFileSync(path.join(folder, 'matrix.json'), 'utf8')) as Matrix & {
      gates: GateFailure[];
    };
    expect(matrix).toMatchObject({ schemaVersion: 1, complete: false, gates: [], referenceProblems: [] });
    expect(matrix.faults).toMatchObject([
      {
        id: 'location-missing',
        verdict: 'killed',
        killedRequirements: ['location.present'],
        spared: [],
        unexpected: [],
      },
    ]);
    expect(matrix.variants).toMatchObject([{ id: 'roster-delta', verdict: 'green', failedCases: [] }]);
    expect(matrix.faults[0]?.killedCases).toContain('location.present/sends-one-location-header@app');
  });

  it('runs a fault that shows now and then, and says by what it was caught', { timeout: 120_000 }, () => {
    const { status, stdout } = mutants('--matrix', 'sporadic', '--fault', 'location-missing', '--sample', '2');
    expect(stdout).toContain('2 of 12 emulators whose fault shows now and then, seed 1');
    expect(stdout).toMatch(/all gates hold: \d of 2 struck/);
    expect(status).toBe(0);
    const { entries } = JSON.parse(readFileSync(path.join(folder, 'sporadic.json'), 'utf8')) as {
      entries: { strikes: number; caughtBy: string[] }[];
    };
    for (const { strikes, caughtBy } of entries) expect(caughtBy).toEqual(strikes > 0 ? ['location.present'] : []);
  });

  it('says what it does not know, with exit code 2', () => {
    const { status, stderr } = mutants('--fault', 'status-202');
    expect(stderr).toContain('Did you mean "status-201"?');
    expect(status).toBe(2);
  });
});
