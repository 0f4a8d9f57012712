/** "Repeat it" of the reports, pasted into a shell: the target answers as it did in the run. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from '../dev/testing/run-in-process.ts';
import { findFault } from '../emulator/find-deviation.ts';
import { type EmulatorServer, startEmulatorServer } from '../emulator/start.ts';
import { loadResults } from '../engine/results/load-results.ts';
import type { CaseResult } from '../engine/results/results.ts';
import { repeatScript } from '../reports/repeat-script.ts';
import { decisiveExchange } from '../reports/transcript-lines.ts';

/** With each fault, the requirement whose first failing case is repeated. */
const requirements = {
  'status-201': 'status.success',
  'status-202-on-app': 'status.success',
  'ended-call-410': 'status.ended-call',
  'unknown-call-400': 'status.unknown-call',
  'malformed-body-500': 'body.malformed',
  'peer-to-peer-500': 'group.peer-to-peer-refused',
  'missing-content-type-500': 'content-type.required',
  'location-doubled': 'location.present',
  'operations-forgotten': 'location.resolves',
} as const;
type FaultId = keyof typeof requirements;
const faults = Object.keys(requirements) as FaultId[];

const folder = mkdtempSync(path.join(tmpdir(), 'repeat-it-'));
const emulators = new Map<FaultId, EmulatorServer>();

/** One run of all, each a target. */
beforeAll(async () => {
  for (const fault of faults) {
    const emulator = await startEmulatorServer({ deviation: findFault(fault) });
    emulators.set(fault, emulator);
    const target = `name: ${fault}\nbaseUrl: ${emulator.baseUrl('beta')}\ntoken: ${emulator.token}\ncapabilities: { operations: true }\n`;
    writeFileSync(path.join(folder, `${fault}.yaml`), target);
  }
  const files = faults.flatMap((fault) => ['--target', `${fault}.yaml`]);
  const words = [...files, '--requirement', ...new Set(Object.values(requirements)), '--formats', 'md'];
  await runInProcess(words, folder);
}, 60_000);
afterAll(async () => {
  for (const emulator of emulators.values()) await emulator.close();
  rmSync(folder, { recursive: true });
});

function failureOf(fault: FaultId): CaseResult {
  const { cases } = loadResults(path.join(folder, 'reports', fault, 'results.json'));
  const failed = cases.find(({ verdict, requirement }) => verdict === 'failed' && requirement === requirements[fault]);
  return failed ?? expect.unreachable(`${fault} does not fail`);
}

describe('the script of a failure', () => {
  it.each(faults)('of %s gets the answer again that it is about', async (fault) => {
    const emulator = emulators.get(fault) ?? expect.unreachable('no emulator');
    const failed = failureOf(fault);
    const before = decisiveExchange(failed)?.response;
    const environment = { PATH: process.env['PATH'], TOKEN: emulator.token };
    const script = repeatScript(failed) ?? '';
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', script], { env: environment });
    expect(stderr).not.toMatch(/sh:|node:/);
    const [, status] = /^HTTP\/1\.1 (\d+)/m.exec(stdout) ?? [];
    expect(Number(status)).toBe(before?.status);
    expect(stdout.match(/^location:/gim)?.length ?? 0).toBe([before?.headers['location'] ?? []].flat().length);
    expect(emulator.liveCalls()).toBe(0);
  });
});

it('says what is missing where there is no token', async () => {
  const script = repeatScript(failureOf('status-201')) ?? '';
  const ended = promisify(execFile)('sh', ['-c', script], { env: { PATH: '/bin' } });
  await expect(ended).rejects.toThrow(/TOKEN: set TOKEN to a bearer token of the target/);
});
