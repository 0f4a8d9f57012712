import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { startEmulatorServer } from '../emulator/start.ts';
import { selfSignedIdentity } from '../emulator/tls-identity.ts';
import { keptCalls, ownParticipant, startPlainTarget } from '../dev/testing/targets/plain-target.ts';
import {
  rosterItem,
  type ScriptedReply,
  type ScriptedTarget,
  startScriptedTarget,
} from '../dev/testing/targets/scripted-target.ts';
import { doctor, type DoctorOptions } from './doctor.ts';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

interface Examined {
  readonly exitCode: number;
  readonly text: string;
  /** What is told of a step, with its sign and its fix. */
  step(name: string): string | undefined;
  /** The capabilities that are suggested. */
  suggested(): unknown;
}

async function examine(options: DoctorOptions, files: Readonly<Record<string, string>> = {}): Promise<Examined> {
  const workingDirectory = mkdtempSync(path.join(tmpdir(), 'doctor-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(workingDirectory, name), content);
  let text = '';
  const output = { write: (more: string) => (text += more), columns: 10_000 };
  const exitCode = await doctor(
    options,
    { environment: { LANG: 'C.UTF-8' }, workingDirectory, stdout: output, stderr: output },
    new AbortController().signal,
  );
  return {
    exitCode,
    text,
    step: (name) => new RegExp(`^[✓✗–] ${name} .*(\\n +fix .*)?$`, 'm').exec(text)?.[0],
    suggested: () => parse(/^capabilities:\n( .*\n)+/m.exec(text)?.[0] ?? ''),
  };
}

/** A target of which a call can be had and muted, and which does what is said on a mute. */
async function targetThat(
  mute: (callbackUri: string, callId: string) => unknown,
  reply: (path: string) => ScriptedReply | undefined = () => undefined,
  tls?: { key: string; cert: string },
  created: object = { myParticipantId: 'me' },
): Promise<ScriptedTarget> {
  const callbacks = new Map<string, string>();
  const target = await startScriptedTarget(({ method, path: url, json }) => {
    const told = reply(url);
    if (told !== undefined) return told;
    if (method === 'POST' && url.endsWith('/calls')) {
      const id = `call-${callbacks.size}`;
      callbacks.set(id, String(json['callbackUri']));
      return { status: 201, json: { id, state: 'established', ...created } };
    }
    const id = /\/calls\/([^/]+)\/mute$/.exec(url)?.[1] ?? '';
    if (id !== '') setImmediate(() => void mute(callbacks.get(id) ?? '', id));
    return { status: 200, json: { id: 'op' } };
  }, tls);
  open.push(target);
  return target;
}

const quick = { notificationTimeout: '300ms', quietWindow: '30ms', requestTimeout: '2s' } as const;

describe('doctor', () => {
  it('goes to its end where the target file says that there are no meetings', async () => {
    const emulator = await startEmulatorServer({ acceptAnyToken: true });
    open.push(emulator);
    const file = `baseUrl: ${emulator.baseUrl('beta')}\ncalls: { meeting: none, peerToPeer: none }\n`;
    const { exitCode, step } = await examine({ target: ['acme.yaml'] }, { 'acme.yaml': file });
    expect(exitCode).toBe(0);
    expect(step('peer-to-peer call')).toMatch(/none/);
  });

  it('finds the embedded emulator in good health', async () => {
    const { exitCode, text, step, suggested } = await examine({});
    expect(exitCode).toBe(0);
    expect(text).toContain('Ready to run.');
    for (const name of ['name resolves', 'TCP', 'token accepted', 'group call', 'established', 'mute answered']) {
      expect(step(name)).toMatch(/^✓/);
    }
    expect(step('roster update')).toMatch(/^✓ .* through http:\/\/127\.0\.0\.1:\d+$/);
    expect(step('peer-to-peer call')).toMatch(/its mute is answered 400$/);
    expect(step('readable')).toContain('the call, its participants, the operation');
    expect(suggested()).toEqual({
      capabilities: {
        app: true,
        operations: true,
        participants: true,
        unmute: true,
        tokenValidation: true,
        sharedMeeting: true,
        callbackAuth: true,
        deltaRoster: true,
      },
    });
  });

  it('suggests what it saw, and says what is declared and not there', async () => {
    const emulator = await startEmulatorServer();
    open.push(emulator);
    const file = {
      name: 'acme',
      baseUrl: emulator.baseUrl('v1.0'),
      token: emulator.token,
      capabilities: { app: true },
    };
    const { exitCode, text, step } = await examine({ target: ['acme.yaml'] }, { 'acme.yaml': JSON.stringify(file) });
    expect(text).toContain('operations: true # now false');
    expect(text).toContain('callbackAuth: true # now false; needs callback: {jwks, issuer, audience}');
    expect(step('capabilities')).toMatch(/app is declared, and was not seen\n +fix .*capabilities: \{app: false\}/);
    expect(exitCode).toBe(4);
    expect(text).not.toContain(emulator.token);
    expect(emulator.liveCalls()).toBe(0);
  });

  it('recognises a target that is probably in a container', async () => {
    const { baseUrl } = await targetThat(() => undefined);
    const { exitCode, step } = await examine({ baseUrl, ...quick });
    expect(exitCode).toBe(4);
    expect(step('roster update')).toContain('nothing at all came to http://127.0.0.1:');
    expect(step('roster update')).toContain(
      'give --callback-listen 0.0.0.0:9000 --callback-url http://host.docker.internal:9000',
    );
  });

  it('says what else keeps updates away', async () => {
    const { baseUrl } = await targetThat(() => undefined);
    const withUrl = await examine({ baseUrl, callbackUrl: 'http://bot.example', ...quick });
    expect(withUrl.step('roster update')).toMatch(
      /fix +The target has to POST .*Does http:\/\/bot\.example lead to 127\.0\.0\.1, port \d+,/,
    );
    const lost = await targetThat(async (uri) => fetch(new URL('/elsewhere', uri), { method: 'POST' }));
    const rewritten = await examine({ baseUrl: lost.baseUrl, ...quick });
    expect(rewritten.step('roster update')).toMatch(/1 request.* named an unknown .*\n +fix .*keep path and query/);
    const others = await targetThat(async (uri) =>
      fetch(uri, { method: 'POST', body: '{"value":[{"resourceUrl":"/communications/calls/call/operations/o"}]}' }),
    );
    const announced = await examine({ baseUrl: others.baseUrl, ...quick });
    expect(announced.step('roster update')).toMatch(/the callback is reached: \d+ other notifications came/);
  });

  it.each<[string, string, (url: string) => ScriptedReply | undefined, string]>([
    [
      'a token that is refused',
      'token accepted',
      () => ({ status: 401 }),
      'give one with --token-env or --token-file.',
    ],
    ['a token that may not call', 'group call', () => ({ status: 403 }), 'Calls.InitiateGroupCall.All'],
    [
      'a create that wants https',
      'group call',
      () => ({ status: 400, text: 'callbackUri must be https' }),
      '--callback-tls',
    ],
    ['no create', 'group call', () => ({ status: 404 }), 'calls.group with command or id'],
    [
      'a mute that is refused',
      'mute answered',
      (url) => (url.endsWith('/mute') ? { status: 500, text: 'oops' } : undefined),
      'client-request-id',
    ],
    [
      'a call that is over',
      'established',
      (url) =>
        url.endsWith('/calls') ? { status: 201, json: { id: randomUUID(), state: 'terminated' } } : { status: 404 },
      '--notification-timeout',
    ],
  ])('gives one fix for %s', async (_what, name, reply, fix) => {
    const { baseUrl } = await targetThat(() => undefined, reply);
    const { exitCode, text, step } = await examine({ baseUrl, ...quick });
    expect(exitCode).toBe(4);
    expect(step(name)).toMatch(/^✗/);
    expect(step(name)).toContain(fix);
    expect(text).toContain('Fix one problem before running.');
  });

  it('says when nobody can tell the own participant', async () => {
    const carla = { id: 'x', isMuted: true, info: { identity: { user: { id: 'carla' } } } };
    const target = await targetThat(
      (uri, callId) => target.notify(uri, rosterItem(callId, carla)),
      () => undefined,
      undefined,
      {},
    );
    const { exitCode, step } = await examine({ baseUrl: target.baseUrl, ...quick });
    expect(exitCode).toBe(4);
    expect(step('own participant')).toMatch(
      /^✗ .*no update tells which one it is\n +fix +Give applicationId in the target file/,
    );
  });

  it('ends at the first step of the way that cannot be gone', async () => {
    const nobody = await startScriptedTarget(() => ({ status: 200 }));
    await nobody.close();
    const refused = await examine({ baseUrl: nobody.baseUrl });
    expect(refused.exitCode).toBe(4);
    expect(refused.step('TCP')).toMatch(/^✗ .*ECONNREFUSED.*\n +fix +Is the target running/);
    expect(refused.step('token accepted')).toBeUndefined();
    const unknown = await examine({ baseUrl: 'http://no-such-name.invalid/beta', ...quick });
    expect(unknown.step('name resolves')).toMatch(/^✗ .*\n +fix +Is the host name right/);
    const secure = await targetThat(
      () => undefined,
      () => undefined,
      await selfSignedIdentity(),
    );
    const untrusted = await examine({ baseUrl: secure.baseUrl, ...quick });
    expect(untrusted.step('TLS')).toMatch(/^✗ .*\n +fix +Give the certificate authority with --ca/);
    const trusted = await examine({ baseUrl: secure.baseUrl, insecure: true, ...quick });
    expect(trusted.step('TLS')).toMatch(/^✓ .*TLSv1\.3, .*not checked \(--insecure\)/);
  });

  it('says when no token can be fetched', async () => {
    const endpoint = await startScriptedTarget(() => ({ status: 401, json: { error: 'invalid_client' } }));
    open.push(endpoint);
    const { baseUrl } = await targetThat(() => undefined);
    const oauth = { tokenUrl: `${endpoint.origin}/token`, clientId: 'id', clientSecret: 's3cret-of-the-client' };
    const { exitCode, text, step } = await examine(
      { target: ['a.yaml'] },
      { 'a.yaml': JSON.stringify({ baseUrl, oauth }) },
    );
    expect(exitCode).toBe(4);
    expect(step('token fetched')).toMatch(/answered 401 invalid_client\n +fix +Are oauth\.clientId/);
    expect(text).not.toContain('s3cret-of-the-client');
  });

  it('leaves calls that are kept as they were', async () => {
    const target = await startPlainTarget({ unmute: true });
    open.push(target);
    const calls = Object.fromEntries(
      Object.entries(keptCalls).map(([kind, id]) => [kind, { id, participantId: ownParticipant(id) }]),
    );
    const file = { baseUrl: target.baseUrl, token: target.token, calls, capabilities: { unmute: true } };
    const { exitCode, step } = await examine({ target: ['a.yaml'], ...quick }, { 'a.yaml': JSON.stringify(file) });
    expect(exitCode).toBe(4);
    expect(step('group call')).toContain(`kept: ${keptCalls.group}`);
    expect(step('established')).toMatch(/^– .*taken for granted/);
    expect(step('roster update')).toMatch(
      /nothing came to http.*\/callbacks\/shared\/room.*\n +fix +Make that the callbackUri/,
    );
    expect(step('peer-to-peer call')).toMatch(/^✓/);
    expect([...target.calls.values()].some(({ muted }) => muted)).toBe(false);
    expect(target.calls.size).toBe(3);
  });

  it('says first that two calls have one id', async () => {
    const one = await targetThat(
      () => undefined,
      (url) =>
        url.endsWith('/calls') ? { status: 201, json: { id: 'the-only-one', state: 'established' } } : undefined,
    );
    const { exitCode, step } = await examine({ baseUrl: one.baseUrl, ...quick });
    expect(exitCode).toBe(4);
    expect(step('call ids')).toMatch(/^✗ .*the same id, the-only-one.*\n +fix +Give each call an id of its own/);
    expect(step('roster update')).toBeUndefined();
  });

  it('says of a command what gives the same id', async () => {
    const { baseUrl } = await targetThat(() => undefined);
    const printing = (id: string) => ({ command: `"${process.execPath}" -p "JSON.stringify({id:${id}})"` });
    const asked = (calls: object) =>
      examine({ target: ['a.yaml'], ...quick }, { 'a.yaml': JSON.stringify({ baseUrl, calls }) });
    const one = await asked({ group: printing("'the-only-one'"), peerToPeer: 'none' });
    expect(one.step('call ids')).toMatch(
      /^✗ .*the same id, the-only-one.*\n +fix +Let the command make a call each time/,
    );
    const many = await asked({ group: printing('crypto.randomUUID()'), peerToPeer: 'none' });
    expect(many.step('call ids')).toBeUndefined();
    expect(many.step('mute answered')).toMatch(/^✓/);
  });

  it.each([
    ['/beta', '/', 'Take the version out of the base URL', '--api-version beta'],
    ['/', '/beta/', 'Add the version to the base URL', '/beta:'],
  ])('finds out that a target asked at %s serves %s', async (asked, served, ...fixes) => {
    const target = await startScriptedTarget(({ path: url }) =>
      url === `${served}communications/calls` ? { status: 400, text: 'targets is missing' } : { status: 404 },
    );
    open.push(target);
    const baseUrl = `${target.origin}${asked}`;
    const { step } = await examine({ baseUrl, ...(asked === '/' && { apiVersion: 'beta' }), ...quick });
    for (const fix of fixes) expect(step('group call')).toContain(fix);
    const nowhere = await examine({ baseUrl: `${target.origin}/elsewhere/beta`, ...quick });
    expect(nowhere.step('group call')).toContain('Is the base URL right');
  });

  it('knows updates that come to the callback of another call', async () => {
    const uris: string[] = [];
    const target = await targetThat((uri, callId) => {
      uris.push(uri);
      const other = [...target.requests].map(({ json }) => String(json['callbackUri'])).find((one) => one !== uri);
      return target.notify(other ?? '', rosterItem(callId, { id: 'me', isMuted: true }));
    });
    const { step } = await examine({ baseUrl: target.baseUrl, ...quick });
    expect(step('roster update')).toMatch(/came to that of another call.*\n +fix +.*callbackUri of each call apart/);
  });

  it('says how it was told that a call is established', async () => {
    const target = await targetThat((uri, callId) =>
      target.notify(uri, rosterItem(callId, { id: 'me', isMuted: true })),
    );
    const { step } = await examine({ baseUrl: target.baseUrl, ...quick });
    expect(step('established')).toMatch(/^✓ .*told by the answer that created it$/);
  });

  it('does not advise again what was done', async () => {
    const carla = { id: 'x', isMuted: true, info: { identity: { user: { id: 'carla' } } } };
    const target = await targetThat(
      (uri, callId) => target.notify(uri, rosterItem(callId, carla)),
      () => undefined,
      undefined,
      {},
    );
    const file = { baseUrl: target.baseUrl, applicationId: 'app-of-ours' };
    const { step } = await examine({ target: ['a.yaml'], ...quick }, { 'a.yaml': JSON.stringify(file) });
    expect(step('own participant')).toMatch(/fix +No participant has the identity of the application app-of-ours/);
  });

  it('tells a port that speaks plain http from a certificate that nobody knows', async () => {
    const plain = await targetThat(() => undefined);
    const { step } = await examine({ baseUrl: plain.baseUrl.replace('http:', 'https:'), ...quick });
    expect(step('TLS')).toMatch(/^✗ .*\n +fix +The port speaks plain http/);
  });

  it('shows nothing of a target as it is that a terminal would obey', async () => {
    const { baseUrl } = await targetThat(
      () => undefined,
      () => ({ status: 400, text: '\u001b[2Jgone\u202e' }),
    );
    const { text } = await examine({ baseUrl, ...quick });
    expect(text).toContain('\\u001b[2Jgone\\u202e');
    expect(text).not.toContain('\u001b');
  });

  it('refuses what is wrong before anything is sent', async () => {
    await expect(examine({ baseUrl: 'localhost' })).rejects.toThrow(ConfigurationError);
    const taken = await targetThat(() => undefined);
    const listen = new URL(taken.origin).host;
    await expect(examine({ baseUrl: taken.baseUrl, callbackListen: listen })).rejects.toThrow('cannot listen on');
    expect(taken.requests).toEqual([]);
  });
});
