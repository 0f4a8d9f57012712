import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import type { Results } from '../../engine/results/results.ts';
import { sampleResults } from '../../dev/testing/sample-results.ts';
import { readOptions } from './config.ts';
import { checkCallbacks, withRerunTarget } from './targets.ts';

function earlier(target: Partial<Results['target']> = {}): Results {
  const results = sampleResults([]);
  return { ...results, target: { ...results.target, ...target } };
}

const rerun = 'reports/acme/results.json';

describe('the target of a rerun', () => {
  it('is that of the results, with its version and capabilities', () => {
    const { sources } = withRerunTarget(
      readOptions({ rerun }),
      earlier({ name: 'acme', baseUrl: 'http://acme.example/beta' }),
    );
    const capabilities = { app: true, operations: false };
    expect(sources).toEqual([{ name: 'acme', baseUrl: 'http://acme.example/beta', apiVersion: 'beta', capabilities }]);
  });

  it.each([
    ['the options name one', { rerun, baseUrl: 'http://other.example/beta' }, {}],
    ['a target file does', { rerun, target: ['other.yaml'] }, {}],
    ['it was the embedded emulator', { rerun, fault: 'status-201' }, { embedded: true }],
  ])('is left to the options where %s', (_name, options, target) => {
    const config = readOptions(options);
    expect(withRerunTarget(config, earlier(target))).toBe(config);
  });

  it.each([
    ['its certificate was not checked', {}, { insecure: true }, /--insecure again/],
    ['a fault of the emulator is asked for', { fault: 'status-201' }, {}, /about the embedded emulator/],
  ])('is refused where %s', (_name, options, target, message) => {
    const taken = () => withRerunTarget(readOptions({ rerun, ...options }), earlier(target));
    expect(taken).toThrow(ConfigurationError);
    expect(taken).toThrow(message);
  });
});

describe('the callbacks of targets', () => {
  const listening = (name: string, port: number, host = '127.0.0.1') => ({
    name,
    callback: { host, port, tls: false },
  });

  async function takenPort(): Promise<{ port: number; free: () => Promise<void> }> {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { port, free: () => new Promise((resolve) => server.close(() => resolve())) };
  }

  it('takes any free ports, however many targets there are, and does not keep them', async () => {
    const { port, free } = await takenPort();
    await free();
    await checkCallbacks([listening('one', 0), listening('two', 0), listening('three', port)]);
    await checkCallbacks([listening('three', port)]);
  });

  it('refuses what is taken, is not of this machine, or is asked for twice', async () => {
    const { port, free } = await takenPort();
    await expect(checkCallbacks([listening('one', port)])).rejects.toThrow(ConfigurationError);
    await expect(checkCallbacks([listening('one', port)])).rejects.toThrow(/EADDRINUSE.*--callback-listen/);
    await free();
    await expect(checkCallbacks([listening('one', 0, '192.0.2.1')])).rejects.toThrow(/EADDRNOTAVAIL/);
    await expect(checkCallbacks([listening('one', port), listening('two', port)])).rejects.toThrow(
      /one and two.*same address/,
    );
  });
});
