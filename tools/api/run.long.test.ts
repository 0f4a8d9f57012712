/** `run` as programs have it: compiled, in processes of their own. */
import { afterAll, describe, expect, it } from 'vitest';
import { ownPrograms } from '../dev/testing/own-program.ts';

const own = ownPrograms();
afterAll(() => own.remove());

describe('run', { timeout: 60_000 }, () => {
  it('writes nothing unless it is told where to', async () => {
    const ended = await own.run(`
      import assert from 'node:assert/strict';
      import { mkdtempSync, readdirSync } from 'node:fs';
      import { tmpdir } from 'node:os';
      import path from 'node:path';
      import { run } from 'call-mute-conformance';

      process.chdir(mkdtempSync(path.join(tmpdir(), 'call-mute-api-')));
      await run({ requirement: 'status.success' });
      assert.deepEqual(readdirSync('.'), []);
      await run({ requirement: 'status.success', reportDir: 'own', formats: ['junit'] });
      assert.deepEqual(readdirSync('own').sort(), ['junit.xml', 'results.json']);
    `);
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('puts a promise about answers to every answer, and says which ones break it', async () => {
    const ended = await own.run(`
      import assert from 'node:assert/strict';
      import { run } from 'call-mute-conformance';

      const suite = ['location-header', 'concurrency'];
      const results = await run({ suite, fault: 'location-missing', when: 'repeated', seed: 1 });
      const present = results.cases.find(({ id }) => id === 'location.present/sends-one-location-header');
      assert.equal(present.verdict, 'failed');
      // A machine that is busy lets mutes of one call overlap, which then tells as much.
      assert.match(present.actual, /^it is 0, in \\d+ of \\d+ answers; /);
      assert.equal(present.exchanges.filter(({ step }) => !step.startsWith('create ')).length, 3);
      assert.ok(present.observed.violated < present.observed.count);
    `);
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('records, and replays without a target', async () => {
    const ended = await own.run(`
      import assert from 'node:assert/strict';
      import { mkdtempSync } from 'node:fs';
      import { tmpdir } from 'node:os';
      import path from 'node:path';
      import { run } from 'call-mute-conformance';

      const cassette = path.join(mkdtempSync(path.join(tmpdir(), 'call-mute-api-')), 'cassette.json');
      const verdicts = ({ cases }) => cases.map(({ id, verdict }) => [id, verdict]);
      const recorded = await run({ requirement: 'status.success', fault: 'status-201', record: cassette });
      const replayed = await run({ replay: cassette });
      assert.equal(recorded.summary.verdict, 'non-conformant');
      assert.deepEqual(verdicts(replayed), verdicts(recorded));
    `);
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it.each([
    ['a request listener', 'forward'],
    ['a server', 'createServer(forward)'],
  ])('serves %s for the run, and closes it', async (_name, app) => {
    const ended = await own.run(`
      import assert from 'node:assert/strict';
      import { createServer, request } from 'node:http';
      import { run, startEmulator } from 'call-mute-conformance';

      const emulator = await startEmulator();
      const ports = new Set();
      const forward = (incoming, outgoing) => {
        ports.add(incoming.socket.localPort);
        const { method, url, headers } = incoming;
        const onward = request(emulator.origin + url, { method, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode, answer.rawHeaders);
          answer.pipe(outgoing);
        });
        incoming.pipe(onward);
      };
      const token = emulator.token;
      const requirement = ['status.success', 'roster.self-muted', 'response.status-case'];
      const results = await run({ app: ${app}, token, requirement });
      assert.equal(results.run.exitCode, 0);
      assert.equal(results.target.name, 'app');
      assert.equal(results.target.baseUrl, \`http://127.0.0.1:\${[...ports]}/beta\`);
      const { actual } = results.cases.find(({ requirement }) => requirement === 'response.status-case');
      assert.match(actual, /"completed", as documented; SDKs that Kiota generates .* do not read it/);

      const [target, capabilities] = [{ name: 'old' }, { operations: true }];
      const old = await run({ app: ${app}, token, apiVersion: 'v1.0', target, capabilities, requirement: 'location.resolves' });
      assert.equal(old.target.name, 'old');
      assert.match(old.target.baseUrl, /\\/v1\\.0$/);
      assert.equal(old.summary.must.passed, 1);

      const elsewhere = await run({ app: ${app}, baseUrl: '/elsewhere/beta', token, requirement: 'status.success' });
      assert.match(elsewhere.target.baseUrl, /\\/elsewhere\\/beta$/);
      assert.equal(elsewhere.run.exitCode, 4);
      for (const port of ports) await assert.rejects(fetch(\`http://127.0.0.1:\${port}\`));
      await emulator.close();
    `);
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('ends early when it is told to', async () => {
    const ended = await own.run(`
      import assert from 'node:assert/strict';
      import { run, verdictOf } from 'call-mute-conformance';

      const results = await run({ signal: AbortSignal.abort() });
      assert.equal(results.run.complete, false);
      assert.equal(results.run.exitCode, 130);
      assert.equal(verdictOf(results), 'incomplete');
    `);
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('runs side by side with itself', async () => {
    const ended = await own.run(`
      import assert from 'node:assert/strict';
      import { run } from 'call-mute-conformance';

      const runs = ['status.success', 'location.call'].map((requirement) => run({ requirement }));
      for (const { run: { exitCode } } of await Promise.all(runs)) assert.equal(exitCode, 0);
    `);
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('runs within a test of node:test', async () => {
    const ended = await own.run(
      `
      import assert from 'node:assert/strict';
      import { test } from 'node:test';
      import { run } from 'call-mute-conformance';

      test('the target', async () => {
        const { summary } = await run({ requirement: 'status.success' });
        assert.equal(summary.must.passed, 2);
      });
    `,
      ['--test'],
    );
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('is there for require(), too', async () => {
    const ended = await own.run(`
      import { createRequire } from 'node:module';
      import assert from 'node:assert/strict';

      assert.deepEqual(Object.keys(createRequire(import.meta.url)('call-mute-conformance')).sort(), [
        'ConfigurationError', 'judge', 'loadResults', 'run', 'startEmulator', 'verdictOf',
      ]);
    `);
    expect(ended).toMatchObject({ exitCode: 0, stdout: '' });
  });
});
