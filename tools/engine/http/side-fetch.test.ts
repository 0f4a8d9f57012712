import { afterEach, describe, expect, it } from 'vitest';
import { selfSignedIdentity } from '../../emulator/tls-identity.ts';
import { type ScriptedReply, startScriptedTarget, targetAt } from '../../dev/testing/targets/scripted-target.ts';
import { createSideFetch } from './side-fetch.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const identity = await selfSignedIdentity();
const noTls = { insecure: false };

async function serverOver(scheme: 'http' | 'https', answer: ScriptedReply = { status: 200, json: { a: 1 } }) {
  const server = await startScriptedTarget(() => answer, scheme === 'https' ? identity : undefined);
  open.push(server);
  return server;
}

describe('createSideFetch', () => {
  it('sends what it is given and gives back what comes', async () => {
    const server = await serverOver('http');
    const fetch = createSideFetch(targetAt('http://127.0.0.1:9/beta'), {});
    const answer = await fetch(`${server.origin}/a?b=c`, {
      method: 'POST',
      headers: new Headers({ 'X-One': '1' }),
      body: 'text',
    });
    expect([answer.status, await answer.json(), answer.headers.get('content-type')]).toEqual([
      200,
      { a: 1 },
      'application/json',
    ]);
    expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/a?b=c', text: 'text' });
    expect(server.requests[0]?.headers['x-one']).toBe('1');
  });

  it('follows no redirect', async () => {
    const other = await serverOver('http');
    const server = await serverOver('http', { status: 302, headers: { Location: other.origin } });
    const fetch = createSideFetch(targetAt('http://127.0.0.1:9/beta'), {});
    expect((await fetch(server.origin, {})).status).toBe(302);
    expect(other.requests).toEqual([]);
  });

  it('trusts the authority that is given, and takes any certificate of the target alone', async () => {
    const server = await serverOver('https');
    const get = async (baseUrl: string, tls: { ca?: string; insecure: boolean }) =>
      (await createSideFetch(targetAt(baseUrl, { tls }), {})(server.origin, {})).status;
    const elsewhere = 'https://127.0.0.1:9/beta';
    await expect(get(elsewhere, noTls)).rejects.toThrow('no secure connection to 127.0.0.1');
    await expect(get(elsewhere, { insecure: true })).rejects.toThrow('no secure connection');
    expect(await get(server.baseUrl, { insecure: true })).toBe(200);
    expect(await get(elsewhere, { insecure: false, ca: identity.cert })).toBe(200);
  });

  it('reads no more than a token or a key set can be', async () => {
    const server = await serverOver('http', { status: 200, text: 'x'.repeat(1024 * 1024 + 1) });
    const fetch = createSideFetch(targetAt('http://127.0.0.1:9/beta'), {});
    await expect(fetch(server.origin, {})).rejects.toThrow('larger than the 1048576 bytes');
  });
});
