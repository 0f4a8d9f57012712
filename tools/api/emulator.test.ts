import https from 'node:https';
import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';

let emulator: Emulator | undefined;
afterEach(async () => {
  await emulator?.close();
  emulator = undefined;
  nock.disableNetConnect();
});

async function started(options: EmulatorOptions = {}): Promise<Emulator> {
  nock.enableNetConnect('127.0.0.1');
  emulator = await startEmulator(options);
  return emulator;
}

async function created({ baseUrl, token }: Emulator): Promise<Response> {
  return fetch(`${baseUrl}/communications/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      callbackUri: 'http://127.0.0.1:9/callback',
      targets: [{ identity: { user: { id: 'ada' } } }, { identity: { user: { id: 'grace' } } }],
    }),
  });
}

describe('startEmulator', () => {
  it('serves under a base URL with its version, and counts calls', async () => {
    const own = await started({ apiVersion: 'v1.0' });
    expect(own.baseUrl).toBe(`${own.origin}/v1.0`);
    expect(own.liveCalls()).toBe(0);
    expect((await created(own)).status).toBe(201);
    expect(own.liveCalls()).toBe(1);
  });

  it('takes a token of the caller, or any', async () => {
    const own = await started({ token: 'mine' });
    expect(own.token).toBe('mine');
    expect((await created({ ...own, token: 'another' })).status).toBe(401);
    await own.close();
    expect((await created({ ...(await started({ acceptAnyToken: true })), token: 'another' })).status).toBe(201);
  });

  it('gives the certificate to trust', async () => {
    const own = await started({ tls: true });
    const { certificate: ca } = own;
    const status = await new Promise((resolve, reject) => {
      https
        .get(`${own.baseUrl}/communications/calls/x`, { ca }, ({ statusCode }) => resolve(statusCode))
        .once('error', reject);
    });
    expect(status).toBe(401);
    await own.close();
    expect((await started()).certificate).toBeUndefined();
  });

  it('starts with a fault or a variant, and knows no others', async () => {
    await expect(startEmulator({ fault: 'status-20' })).rejects.toThrow('Did you mean "status-201"?');
    await expect(startEmulator({ fault: 'status-201', variant: 'roster-delta' })).rejects.toThrow('not both');
    expect((await started({ variant: 'roster-delta' })).baseUrl).toMatch(/\/beta$/);
  });

  it('tells how to verify its callbacks', async () => {
    const { callbackTokens, origin } = await started();
    expect(callbackTokens.jwksUrl.startsWith(origin)).toBe(true);
    expect(callbackTokens.jwks.keys).toHaveLength(1);
    expect(callbackTokens.jwks.keys[0]).not.toHaveProperty('d');
  });
});
