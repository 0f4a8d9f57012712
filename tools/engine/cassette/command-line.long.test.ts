import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Replay } from '../../api/run/record-replay.ts';
import { readOptions, type WrittenOptions } from '../../api/run/config.ts';
import { ConfigurationError } from '../catalogue/errors.ts';
import type { Results } from '../results/results.ts';
import { startCli } from '../../dev/testing/run-cli.ts';
import { runInProcess } from '../../dev/testing/run-in-process.ts';
import type { Cassette } from './cassette.ts';
import { cassetteText } from './cassette-file.ts';

/** In a child of Node: everything that could reach a network, or be reached, ends the process. */
const noNetwork = `
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import fs from 'node:fs';
import tls from 'node:tls';
const refuse = (what) => function () {
  fs.writeSync(2, 'NETWORK: ' + what + '\\n');
  process.exit(99);
};
net.Socket.prototype.connect = refuse('connect');
net.Server.prototype.listen = refuse('listen');
tls.connect = refuse('tls');
dgram.Socket.prototype.send = refuse('send');
dns.lookup = refuse('lookup');
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'call-mute-cassette-'));
  writeFileSync(path.join(folder, 'no-network.mjs'), noNetwork);
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(words: string) {
  return runInProcess(words.split(' '), folder);
}

/** In a process that has no network. */
function runGuarded(words: string) {
  const guard = `--import=${pathToFileURL(path.join(folder, 'no-network.mjs')).href}`;
  return startCli(words.split(' '), {}, { NODE_OPTIONS: guard }, folder).ended;
}

function resultsIn(name: string): Results {
  return JSON.parse(readFileSync(path.join(folder, name, 'results.json'), 'utf8')) as Results;
}

function verdicts({ cases }: Results) {
  return cases.map(({ id, verdict, reason, actual }) => ({ id, verdict, reason, actual }));
}

/** What was counted, but for a time. */
function figures({ run: { traffic } }: Results) {
  return { ...traffic, throttleWaitMs: 0 };
}

/** A cassette with something else in it, as it would be if it had been recorded so. */
function changed(from: string, to: string, change: (cassette: Cassette) => Partial<Cassette>): void {
  const { sha256: _sha256, ...cassette } = JSON.parse(readFileSync(path.join(folder, from), 'utf8')) as Cassette;
  writeFileSync(path.join(folder, to), cassetteText({ ...cassette, ...change({ ...cassette, sha256: '' }) }));
}

describe('run --record and --replay', { timeout: 120_000 }, () => {
  it('give the same results of a whole run, the second time with no network', async () => {
    const recorded = await run('--record whole.json --report-dir recorded --formats badge');
    expect(recorded.stderr).not.toContain('internal error');
    const { size } = statSync(path.join(folder, 'whole.json'));
    expect(size).toBeLessThan(8_000_000);
    expect(readFileSync(path.join(folder, 'whole.json'), 'utf8')).not.toMatch(/eyJ[\w-]+\./);

    const replayed = await runGuarded('--replay whole.json --report-dir replayed --formats badge');
    expect(replayed.stderr).not.toContain('NETWORK');
    expect(replayed.exitCode).toBe(recorded.exitCode);
    const [before, after] = [resultsIn('recorded'), resultsIn('replayed')];
    expect(before.summary.must.passed).toBeGreaterThan(150);
    expect(verdicts(after)).toEqual(verdicts(before));
    expect(figures(after)).toEqual(figures(before));
    expect(after.summary).toEqual(before.summary);
    expect(after.run).toMatchObject({ seed: before.run.seed, complete: true, partial: false });
    expect(after.target).toEqual(before.target);
    expect(after.run.notes).toContainEqual(
      expect.stringMatching(/^replayed from whole\.json, recorded 2.* by version /),
    );
  });

  it('is guarded against the network indeed', async () => {
    const { exitCode, stderr } = await runGuarded('--suite headers --report-dir guarded');
    expect([exitCode, stderr]).toEqual([99, expect.stringContaining('NETWORK: listen')]);
  });

  it('are about the same cases where the run was limited, and repeat them as often', async () => {
    await run('--suite headers --repeat 2 --fault request-id-missing --record part.json --report-dir part');
    const { exitCode } = await run('--replay part.json --report-dir part-again');
    const [before, after] = [resultsIn('part'), resultsIn('part-again')];
    expect(verdicts(after)).toEqual(verdicts(before));
    expect(after.run).toMatchObject({ partial: true, repeat: 2, filters: { suite: ['headers'] } });
    expect(exitCode).toBe(before.run.exitCode);
    const narrower = await run('--replay part.json --requirement header.request-id --report-dir narrower');
    expect(narrower.stdout).toContain('header.request-id');
    expect(resultsIn('narrower').cases.map(({ requirement }) => requirement)).toEqual(
      Array.from({ length: 2 }, () => 'header.request-id'),
    );
    // The emulator that was recorded is gone; what is rerun is the embedded one, as after the run itself.
    const rerun = await run('--rerun part-again/results.json --report-dir rerun');
    expect(rerun.exitCode).toBe(0);
    expect(resultsIn('rerun').target).toMatchObject({ name: 'emulator', embedded: true });
  });

  it('leave cases that the cassette does not have could-not-run, naming it', async () => {
    changed('part.json', 'older.json', ({ suite, targets }) => ({
      partial: false,
      filters: {},
      suite: { ...suite, version: '0.0.1' },
      targets,
    }));
    const { exitCode } = await run('--replay older.json --suite headers,location-header --report-dir older');
    expect(exitCode).toBe(3);
    const missing = resultsIn('older').cases.filter(({ verdict }) => verdict === 'could-not-run');
    expect(missing.length).toBeGreaterThan(0);
    for (const { requirement, reason } of missing) {
      expect(requirement).toMatch(/^location\./);
      expect(reason).toBe(
        'the cassette older.json (version 0.0.1) has no recording of this case; record it again to get one',
      );
    }
  });

  it('do not go together with what says once more what was tested', async () => {
    const { exitCode, stderr } = await run('--replay part.json --base-url http://127.0.0.1:1/beta');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /--replay and --base-url \(or CALL_MUTE_BASE_URL\) cannot be combined: .* Leave one of them/,
    );
    expect(stderr.trim().split('\n')).toHaveLength(1);
    const others: WrittenOptions[] = [
      { target: ['acme.yaml'] },
      { record: 'other.json' },
      { fault: 'status-201' },
      { seed: 0 },
      { notificationTimeout: '1s' },
    ];
    for (const other of others) {
      const refused = () => new Replay('part.json', readOptions(other), folder);
      expect(refused).toThrow(ConfigurationError);
      expect(refused).toThrow(/^--replay and --\w+(-\w+)* \(or CALL_MUTE_\w+\) cannot be combined/);
    }
    expect(new Replay('part.json', readOptions({ strict: true }), folder).targets.map(({ name }) => name)).toEqual([
      'emulator',
    ]);
  });

  it('say what is wrong with a file that is not a cassette', async () => {
    writeFileSync(path.join(folder, 'cut.json'), readFileSync(path.join(folder, 'part.json'), 'utf8').slice(0, 5_000));
    for (const [file, problem] of [
      ['none.json', /none\.json does not exist/],
      ['part/results.json', /is not a cassette/],
      ['cut.json', /cut\.json is truncated or damaged/],
    ] as const) {
      const { exitCode, stderr } = await run(`--replay ${file}`);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(problem);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
  });

  it('refuse a place that cannot be written before anything is sent', async () => {
    mkdirSync(path.join(folder, 'folder.json'));
    const { exitCode, stdout, stderr } = await run('--suite headers --record folder.json --report-dir unwritten');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /recording cannot be written to .*folder\.json: it is a folder\. Give --record another file/,
    );
    expect(stdout).toBe('');
    expect(readdirSync(folder)).not.toContain('unwritten');
  });

  it('record what there is of a target that is not there', async () => {
    await run('--base-url http://127.0.0.1:1/beta --suite headers --record absent.json --report-dir absent');
    const { exitCode } = await run('--replay absent.json --report-dir absent-again');
    expect(exitCode).toBe(4);
    expect(verdicts(resultsIn('absent-again'))).toEqual(verdicts(resultsIn('absent')));
  });
});
