import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import { type PrintOptions, printResults } from './print-results.ts';
import { targetsTable } from './targets-table.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'print-results-'));
afterAll(() => rmSync(folder, { recursive: true }));

const failing = sampleResults([sampleCase('status.success/x', 'failed')], { target: { name: 'acme' } });
const passing = sampleResults([sampleCase('status.success/x', 'passed')], { target: { name: 'other' } });

function printed(options: PrintOptions, environment: NodeJS.ProcessEnv = {}, all = [failing]) {
  const [out, err]: [string[], string[]] = [[], []];
  printResults(
    all.map((results) => ({ results, folder: path.join(folder, 'reports', results.target.name) })),
    options,
    {
      environment: { LANG: 'C.UTF-8', ...environment },
      workingDirectory: folder,
      stdout: { write: (text) => out.push(text) },
      stderr: { write: (text) => err.push(text) },
    },
  );
  return { stdout: out.join(''), stderr: err.join('') };
}

describe('what is printed', () => {
  it('ends with the closing line, which names the folder as the user would', () => {
    const { stdout, stderr } = printed({});
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^non-conformant: .*; reports\/acme$/);
    expect(stderr).toBe('');
  });

  it('is that line alone under --quiet, but for what its counts do not tell', () => {
    expect(printed({ quiet: true }).stdout).toMatch(/^non-conformant: [^\n]*\n$/);
    const refused = { ...failing, run: { ...failing.run, exitCode: 2, exitReasons: ['known.yaml was not written'] } };
    expect(printed({ quiet: true }, {}, [refused]).stderr).toBe('known.yaml was not written\n');
    const ratchet = { ...passing, run: { ...passing.run, exitCode: 1, exitReasons: ['the ratchet is broken'] } };
    expect(printed({ quiet: true }, {}, [ratchet]).stderr).toBe('the ratchet is broken\n');
    expect(printed({ quiet: true }, {}, [failing]).stderr).toBe('');
  });

  it('leaves standard output to JSON under --json, one line for each target', () => {
    const { stdout, stderr } = printed({ json: true }, {}, [failing, passing]);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([failing, passing]);
    expect(stderr).toMatch(/non-conformant/);
  });

  it('has a table of several targets', () => {
    const { stdout } = printed({}, {}, [failing, passing]);
    expect(stdout.endsWith(targetsTable([failing, passing]))).toBe(true);
    expect(targetsTable([failing, passing]).split('\n')).toEqual([
      'target  verdict         divergence  coverage  failed  warned  unjudged  exit',
      'acme    non-conformant  100.0 %     100.0 %   1       0       0         1',
      'other   conformant      0.0 %       100.0 %   0       0       0         0',
      '',
    ]);
  });

  it('tells GitHub Actions of failures, and adds to the summary of the job', () => {
    const summary = path.join(folder, 'summary.md');
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    expect(printed({}, environment).stdout).toMatch(/^::error /);
    printed({}, environment, [passing]);
    expect(readFileSync(summary, 'utf8')).toMatch(/acme[^]*other/);
    expect(printed({}, { ...environment, GITHUB_STEP_SUMMARY: folder }).stderr).toMatch(/summary cannot be written/);
    expect(printed({}, {}).stdout).not.toMatch(/::error/);
  });

  it.each([
    [{ GITHUB_ACTIONS: 'true' }, '::group::The cases by suite\n'],
    [{ GITLAB_CI: 'true' }, '[collapsed=true]\r\u001b[0KThe cases by suite\n'],
    [{ TF_BUILD: 'True' }, '##[group]The cases by suite\n'],
  ])('folds for %j', (environment, fold) => {
    expect(printed({}, environment).stdout).toContain(fold);
    expect(printed({}).stdout).not.toContain('The cases by suite');
  });
});
