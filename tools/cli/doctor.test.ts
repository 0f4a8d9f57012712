import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { startEmulatorServer } from '../emulator/start.ts';
import { selfSignedIdentity } from '../emulator/tls-identity.ts';
import { examine, open, quick, targetThat } from '../dev/testing/examined-target.ts';
import { type ScriptedReply, startScriptedTarget } from '../dev/testing/targets/scripted-target.ts';

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
