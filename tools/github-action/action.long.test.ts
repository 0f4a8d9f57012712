import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../engine/catalogue/package-root.ts';
import { type EmulatorServer, startEmulatorServer } from '../emulator/start.ts';

const folder = path.join(packageRoot, 'tools/github-action');

describe('run.sh', () => {
  let emulator: EmulatorServer;
  let work: string;

  beforeEach(async () => {
    emulator = await startEmulatorServer({ acceptAnyToken: true });
    work = mkdtempSync(path.join(tmpdir(), 'github action '));
  });

  afterEach(() => emulator.close());

  async function act(inputs: Record<string, string>): Promise<{ code: number; outputs: string; printed: string }> {
    const output = path.join(work, 'output');
    writeFileSync(output, '');
    const env = {
      PATH: process.env['PATH'],
      GITHUB_OUTPUT: output,
      INPUT_REPORT_DIR: path.join(work, 'reports'),
      CALL_MUTE_COMMAND: path.join(packageRoot, 'dist/tools/cli/cli.js'),
      CALL_MUTE_SUITE: 'headers',
      ACME_TOKEN: 'any-token',
      ...inputs,
    };
    const ended = promisify(execFile)('bash', [path.join(folder, 'run.sh')], { cwd: work, env });
    const { code, printed } = await ended.then(
      ({ stdout, stderr }) => ({ code: 0, printed: stdout + stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        printed: error.stdout + error.stderr,
      }),
    );
    return { code, outputs: readFileSync(output, 'utf8'), printed };
  }

  it('runs the suite and hands on what it found', async () => {
    const { code, outputs, printed } = await act({
      INPUT_BASE_URL: emulator.baseUrl('beta'),
      INPUT_TOKEN_ENV: 'ACME_TOKEN',
    });
    expect({ code, printed }).toEqual({ code: 0, printed: expect.stringContaining('incomplete') });
    // A filtered run is never conformant; the headers are all of level should, so that no must was looked at.
    expect(outputs).toBe(`verdict=incomplete\ndivergence=0\ncoverage=0\nreport-dir=${path.join(work, 'reports')}\n`);
  });

  it.each<[string, Record<string, string>]>([
    ['nothing names a target', {}],
    ['the inputs that would are empty', { INPUT_BASE_URL: '', INPUT_TARGET: '' }],
    ['they are made of blanks', { INPUT_BASE_URL: ' ', INPUT_TARGET: '\n' }],
    ['the emulator is asked for beside a target', { INPUT_EMBEDDED: 'true', INPUT_BASE_URL: 'http://localhost/beta' }],
  ])('refuses to run where %s', async (_name, inputs) => {
    const { code, outputs, printed } = await act(inputs);
    expect({ code, printed }).toEqual({ code: 2, printed: expect.stringMatching(/base-url|embedded/) });
    expect(outputs).toContain('verdict=incomplete\n');
    expect(existsSync(path.join(work, 'reports'))).toBe(false);
    expect(printed).toMatch(/^::error title=call-mute-conformance%3A exit code 2::The input/m);
  });

  it('runs the embedded emulator where it is asked to', async () => {
    const { code, printed } = await act({ INPUT_BASE_URL: '', INPUT_EMBEDDED: 'true' });
    expect({ code, printed }).toEqual({ code: 0, printed: expect.stringContaining('against emulator at') });
  });

  it('hands further options on, one word each', async () => {
    const { code, outputs, printed } = await act({
      INPUT_EMBEDDED: 'true',
      INPUT_REPORT_DIR: path.join(work, 'elsewhere'),
      INPUT_REQUIREMENT_SET: 'call-mute/2024-04',
      INPUT_WAIT: '10s',
      INPUT_ARGS: '--seed 7\n--formats  ctrf\n',
    });
    expect({ code, printed }).toEqual({ code: 0, printed: expect.stringContaining('seed 7') });
    expect(outputs).toContain(`report-dir=${path.join(work, 'elsewhere')}\n`);
    expect(readdirSync(path.join(work, 'elsewhere'))).toContain('ctrf.json');
  });

  it('deletes nothing in the folder of the reports but earlier results', async () => {
    const reports = path.join(work, 'reports');
    mkdirSync(path.join(reports, 'earlier'), { recursive: true });
    for (const name of ['notes.txt', 'results.json', 'earlier/results.json']) {
      writeFileSync(path.join(reports, name), '{"summary":{"verdict":"conformant"}}');
    }
    const { outputs } = await act({ INPUT_BASE_URL: 'no url' });
    expect(outputs).toContain('verdict=incomplete\n');
    expect(readdirSync(reports).toSorted()).toEqual(['earlier', 'notes.txt']);
    expect(readdirSync(path.join(reports, 'earlier'))).toEqual([]);
  });

  it('leaves a target that the environment of the job names to the command line', async () => {
    const { code, printed } = await act({
      CALL_MUTE_BASE_URL: emulator.baseUrl('beta'),
      CALL_MUTE_TOKEN_ENV: 'ACME_TOKEN',
    });
    expect({ code, printed }).toEqual({ code: 0, printed: expect.stringContaining(emulator.baseUrl('beta')) });
  });

  it('takes an input for a word, whatever is in it', async () => {
    const { code, printed } = await act({ INPUT_BASE_URL: 'http://localhost/beta"; touch broken; "$(touch broken)' });
    expect(code).toBe(2);
    expect(printed).not.toContain('touch: ');
    expect(() => readFileSync(path.join(work, 'broken'))).toThrow();
  });
});
