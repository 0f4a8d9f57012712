/** "Repeat it" of the reports, pasted into a shell: the target answers as it did in the run. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../dev/testing/run-cli.ts';
import { findFault } from '../emulator/find-deviation.ts';
import { type EmulatorServer, startEmulatorServer } from '../emulator/start.ts';
import type { CaseResult } from '../engine/results/results.ts';
import { repeatScript } from '../reports/repeat-script.ts';
import { decisiveExchange } from '../reports/transcript-lines.ts';

vi.setConfig({ testTimeout: 60_000 });

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** The first case of a requirement that fails on an emulator, from a run of its own. */
async function failureOf(emulator: EmulatorServer, requirement: string): Promise<CaseResult | undefined> {
  const target = `baseUrl: ${emulator.baseUrl('beta')}\ntoken: ${emulator.token}\ncapabilities: { operations: true }\n`;
  const words = ['--target', 'target.yaml', '--requirement', requirement, '--report-dir', 'reports', '--formats', 'md'];
  const ended = await runCli(words, { 'target.yaml': target });
  folders.push(ended.folder);
  return ended.results().cases.find(({ verdict }) => verdict === 'failed');
}

describe('the script of a failure', () => {
  it.concurrent.each([
    ['status-201', 'status.success'],
    ['status-202-on-app', 'status.success'],
    ['ended-call-410', 'status.ended-call'],
    ['unknown-call-400', 'status.unknown-call'],
    ['malformed-body-500', 'body.malformed'],
    ['peer-to-peer-500', 'group.peer-to-peer-refused'],
    ['missing-content-type-500', 'content-type.required'],
    ['location-doubled', 'location.present'],
    ['operations-forgotten', 'location.resolves'],
  ])('of %s gets the answer again that it is about', async (fault, requirement) => {
    const emulator = await startEmulatorServer({ deviation: findFault(fault) });
    try {
      const failed = await failureOf(emulator, requirement);
      const before = failed && decisiveExchange(failed)?.response;
      const environment = { PATH: process.env['PATH'], TOKEN: emulator.token };
      const script = (failed && repeatScript(failed)) ?? '';
      const { stdout, stderr } = await promisify(execFile)('sh', ['-c', script], { env: environment });
      expect(stderr).not.toMatch(/sh:|node:/);
      const [, status] = /^HTTP\/1\.1 (\d+)/m.exec(stdout) ?? [];
      expect(Number(status)).toBe(before?.status);
      expect(stdout.match(/^location:/gim)?.length ?? 0).toBe([before?.headers['location'] ?? []].flat().length);
      expect(emulator.liveCalls()).toBe(0);
    } finally {
      await emulator.close();
    }
  });
});

it('says what is missing where there is no token', async () => {
  const emulator = await startEmulatorServer({ deviation: findFault('status-201') });
  try {
    const failed = await failureOf(emulator, 'status.success');
    const ended = promisify(execFile)('sh', ['-c', (failed && repeatScript(failed)) ?? ''], { env: { PATH: '/bin' } });
    await expect(ended).rejects.toThrow(/TOKEN: set TOKEN to a bearer token of the target/);
  } finally {
    await emulator.close();
  }
});
