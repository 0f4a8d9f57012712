import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { runSuites } from '../../dev/testing/run-suites.ts';
import {
  openSession,
  type ScriptedReply,
  type ScriptedTarget,
  startScriptedTarget,
  targetAt,
} from '../../dev/testing/targets/scripted-target.ts';
import { ClientCredentials, NoToken } from './client-credentials.ts';
import { Interrupted } from '../target/could-not-run.ts';
import { reach } from '../../graph/reach.ts';
import { createSideFetch } from './side-fetch.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const credentials = { clientId: 'client id', clientSecret: 's3cr3t & more', scope: 'https://graph.example/.default' };

async function endpoint(answer: ScriptedReply | (() => ScriptedReply)): Promise<ScriptedTarget> {
  const server = await startScriptedTarget(() => (typeof answer === 'function' ? answer() : answer));
  open.push(server);
  return server;
}

function source(origin: string, options: { now?: () => number; signal?: AbortSignal } = {}) {
  const tokens: string[] = [];
  const { now = () => 0, signal = new AbortController().signal } = options;
  const made = new ClientCredentials(
    { ...credentials, tokenUrl: `${origin}/token?api=1` },
    {
      fetch: createSideFetch(targetAt('http://127.0.0.1:9/beta', { timeouts: { requestMs: 500 } }), {}),
      now,
      signal,
      onToken: (token) => tokens.push(token),
    },
  );
  return { made, tokens };
}

const token = (access_token: string, more: object = { expires_in: 3600 }): ScriptedReply => ({
  status: 200,
  json: { access_token, token_type: 'Bearer', ...more },
});

describe('client credentials', () => {
  it('are exchanged for a token, once for all who ask', async () => {
    const server = await endpoint(token('tok'));
    const { made, tokens } = source(server.origin);
    expect(await Promise.all([made.token(), made.token(), made.token()])).toEqual(['tok', 'tok', 'tok']);
    expect(await made.token()).toBe('tok');
    expect(tokens).toEqual(['tok']);
    expect(server.requests).toHaveLength(1);
    const [request] = server.requests;
    expect(request?.path).toBe('/token?api=1');
    expect(Object.fromEntries(new URLSearchParams(request?.text))).toEqual({
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      scope: credentials.scope,
    });
  });

  it.each([
    [3600, 3_539_000, 3_541_000],
    [60, 29_000, 31_000],
  ])('are exchanged anew before a token of %d s expires', async (expires_in, still, over) => {
    let time = 0;
    let count = 0;
    const server = await endpoint(() => token(`tok-${++count}`, { expires_in }));
    const { made, tokens } = source(server.origin, { now: () => time });
    expect(await made.token()).toBe('tok-1');
    time = still;
    expect(await made.token()).toBe('tok-1');
    time = over;
    expect(await made.token()).toBe('tok-2');
    expect(tokens).toEqual(['tok-1', 'tok-2']);
  });

  it('last for ever when nothing says otherwise, and are tried again after a failure', async () => {
    let count = 0;
    const server = await endpoint(() => (++count === 1 ? { status: 503 } : token('tok', {})));
    const { made } = source(server.origin, { now: () => 1e12 * count });
    await expect(made.token()).rejects.toThrow(NoToken);
    expect(await made.token()).toBe('tok');
    count = 100;
    expect(await made.token()).toBe('tok');
  });

  it.each<[string, ScriptedReply, string]>([
    [
      'a refusal',
      { status: 401, json: { error: 'invalid_client', error_description: 'AADSTS7000215: wrong secret' } },
      'answered 401 invalid_client: AADSTS7000215: wrong secret. Are oauth.clientId',
    ],
    ['an error without a body', { status: 500 }, '(status 500)'],
    ['a page', { status: 200, text: '<html>', headers: { 'Content-Type': 'text/html' } }, 'Is oauth.tokenUrl in the'],
    ['no token', { status: 200, json: { token_type: 'Bearer' } }, 'access_token'],
    ['a token that is none', token('a\nb'), 'the access_token in the answer is not a valid bearer token'],
    ['a redirect', { status: 302, headers: { Location: 'http://127.0.0.1:9/' } }, '(status 302)'],
  ])('say what is wrong with %s', async (_what, answer, problem) => {
    const server = await endpoint(answer);
    const failure = await source(server.origin)
      .made.token()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NoToken);
    expect(String(failure)).toContain(`POST ${server.origin}/token?api=1 (the token request)`);
    expect(String(failure)).toContain(problem);
    expect(String(failure)).not.toContain('s3cr3t');
    expect(server.requests).toHaveLength(1);
  });

  it('say so when nobody listens, or nobody answers', async () => {
    const server = await endpoint(token('tok'));
    await server.close();
    await expect(source(server.origin).made.token()).rejects.toThrow('nothing listens at 127.0.0.1');
    const silent = await startScriptedTarget(() => new Promise<never>(() => undefined));
    open.push(silent);
    await expect(source(silent.origin).made.token()).rejects.toThrow('there was no answer within 500 ms');
  });

  it('end with the run', async () => {
    const stop = new AbortController();
    const silent = await startScriptedTarget(() => {
      stop.abort();
      return new Promise<never>(() => undefined);
    });
    open.push(silent);
    await expect(source(silent.origin, { signal: stop.signal }).made.token()).rejects.toThrow(Interrupted);
  });
});

describe('a target with client credentials', () => {
  it('gets the token, and no report does', async () => {
    const server = await endpoint(token('fetched-token'));
    const target = await startScriptedTarget(({ method, path, headers, text }) => {
      if (headers.authorization !== 'Bearer fetched-token') {
        // Echoes what it should not.
        return { status: 401, json: { error: { code: 'x', message: `${headers.authorization ?? ''} ${text}` } } };
      }
      if (method === 'POST' && path.endsWith('/calls')) {
        return {
          status: 201,
          json: { id: randomUUID(), state: 'established', myParticipantId: 'me', token: 'fetched-token' },
        };
      }
      return { status: 200, json: { id: 'op', secrets: ['fetched-token', credentials.clientSecret] } };
    });
    open.push(target);
    const { token: _none, ...described } = targetAt(target.baseUrl, {
      oauth: { ...credentials, tokenUrl: `${server.origin}/token` },
      secrets: [credentials.clientSecret],
      timeouts: { notificationMs: 100 },
    });
    const run = await runSuites(described, (id) => /^(status\.success|auth\.scheme|error\.no-secret)\//.test(id));
    expect(run.outcome('status.success/answers-a-valid-mute-of-a-group-call-with-200').kind).toBe('satisfied');
    expect(run.session.target.token).toBe('fetched-token');
    expect(target.requests[0]?.headers.authorization).toBe('Bearer fetched-token');
    const told = JSON.stringify(run.records);
    expect(told).toContain('[redacted]');
    expect(told).toContain('$TOKEN');
    expect(told).not.toContain('fetched-token');
    expect(told).not.toContain('s3cr3t');
  });

  it('cannot be reached when there is no token, and gets no request', async () => {
    const server = await endpoint({ status: 400, json: { error: 'invalid_scope' } });
    const target = await startScriptedTarget(() => ({ status: 200 }));
    open.push(target);
    const { token: _none, ...described } = targetAt(target.baseUrl, {
      oauth: { ...credentials, tokenUrl: `${server.origin}/token` },
    });
    const session = await openSession(described);
    await reach(session);
    await session.finish();
    expect(session.unreachable).toMatchObject({
      request: `POST ${server.origin}/token (the token request)`,
      problem: 'answered 400 invalid_scope',
    });
    expect(target.requests).toEqual([]);
  });
});
