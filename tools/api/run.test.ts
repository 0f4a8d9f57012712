/** `run` as programs have it: compiled, in processes of their own. */
import { afterAll, describe, expect, it } from 'vitest';
import { ownPrograms } from '../dev/testing/own-program.ts';

const own = ownPrograms();
afterAll(() => own.remove());

describe('run', { timeout: 60_000 }, () => {
  it('prints nothing, ends nothing, and leaves the process as it was', async () => {
    const ended = await own.run(`
      import assert from 'node:assert/strict';
      import { run } from 'call-mute-conformance';

      const events = ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit', 'beforeExit', 'unhandledRejection'];
      const listeners = () => events.map((event) => process.listenerCount(event));
      const before = listeners();
      const counts = [];
      const watching = setInterval(() => counts.push(listeners()), 20);
      const results = await run({ suite: 'status-codes', fault: 'status-201' });
      clearInterval(watching);
      assert.equal(results.run.exitCode, 1);
      assert.ok(counts.length > 0);
      for (const during of counts) assert.deepEqual(during, before);
      assert.deepEqual(listeners(), before);
      assert.equal(process.exitCode, undefined);
    `);
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('refuses options that are wrong, before anything is sent', async () => {
    const ended = await own.run(`
      import assert from 'node:assert/strict';
      import { ConfigurationError, run } from 'call-mute-conformance';

      const refusals = [
        [{ target: 'acme.yaml', baseUrl: 'http://localhost/beta' }, 'run() takes target, or baseUrl and token'],
        [{ token: 'any' }, 'run() was given a token and neither baseUrl nor app'],
        [{ capabilities: {} }, 'run() was given capabilities and neither baseUrl nor app'],
        [{ target: 'acme.yaml', capabilities: {} }, 'put baseUrl, token and capabilities into the target'],
        [{ app: () => undefined, target: { capabilities: {} }, capabilities: {} }, 'put the capabilities into the target'],
        [{ app: () => undefined, capabilities: { tokens: true } }, 'the target, '],
        [{ app: undefined }, 'run() was given undefined as app'],
        [{ baseUrl: undefined }, 'run() was given baseUrl as undefined'],
        [{ target: [] }, 'run() was given no target in the list target'],
        [{ targets: ['acme.yaml'] }, 'did you mean target?'],
        [{ app: 'http://localhost/beta' }, 'a URL goes into baseUrl'],
        [{ app: () => undefined, baseUrl: 'http://localhost/beta' }, 'takes a path as baseUrl beside it'],
        [{ app: () => undefined, target: ['acme.yaml'] }, 'run() takes one target beside app'],
        [{ app: () => undefined, target: 'acme.yaml', token: 'any' }, 'put the token into the target'],
        [{ app: () => undefined, fault: 'status-201' }, 'are about the embedded emulator'],
        [{ app: () => undefined, replay: 'cassette.json' }, 'replay'],
        [{ target: 'missing.yaml' }, 'The target file missing.yaml does not exist'],
        [{ target: { baseUrl: 'http://localhost/beta', rate: 'fast' } }, 'the target, '],
        [{ requestTimeout: 'soon' }, 'is not a valid duration'],
        [{ fault: 'status-20' }, 'Did you mean "status-201"?'],
      ];
      for (const [options, message] of refusals) {
        const error = await run(options).catch((reason) => reason);
        assert.ok(error instanceof ConfigurationError, String(error?.stack));
        assert.ok(error.message.includes(message), error.message);
      }
    `);
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });
});
