import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import { readOptions, type WrittenOptions } from '../../api/run/config.ts';
import { resolveTarget } from './resolve.ts';
import { overlaid } from './target-config.ts';
import { readTarget, type TargetSource } from './target-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'resolve-'));

/** Resolves a target of options and, when there is one, the text of a target file. */
function resolve(options: WrittenOptions, file?: string, environment: NodeJS.ProcessEnv = {}) {
  if (file === undefined) return resolveSource(options, undefined, environment);
  writeFileSync(path.join(folder, 'acme.yaml'), file);
  return resolveSource(options, 'acme.yaml', environment);
}

function resolveSource(options: WrittenOptions, source: TargetSource | undefined, environment: NodeJS.ProcessEnv) {
  const io = { environment, workingDirectory: folder, placeholderToken: () => 'placeholder' };
  const { target } = readOptions(options);
  return resolveTarget(source === undefined ? target : overlaid(readTarget(source, io), target), io);
}

const baseUrl = 'http://localhost:8080/beta';

describe('resolveTarget', () => {
  it('fills in the defaults', () => {
    expect(resolve({ baseUrl })).toEqual({
      name: 'localhost-8080',
      baseUrl,
      apiVersion: 'beta',
      build: {},
      token: 'placeholder',
      headers: {},
      secrets: ['placeholder'],
      capabilities: {
        operations: false,
        participants: false,
        unmute: false,
        tokenValidation: false,
        sharedMeeting: false,
        callbackAuth: false,
        deltaRoster: false,
      },
      calls: {},
      callback: { host: '127.0.0.1', port: 0, tls: false },
      timeouts: { requestMs: 10_000, notificationMs: 5_000, quietMs: 300, throttleMs: 30_000 },
      maxBodyBytes: 8 * 1024 * 1024,
      tls: { insecure: false },
      notes: ['no token was given: a random placeholder is sent'],
    });
  });

  it('knows the build by the flags, else by the file, else by the CI system', () => {
    const environment = { GITLAB_CI: 'true', CI_COMMIT_SHA: 'c3', CI_PIPELINE_URL: 'https://gitlab.example/3' };
    const file = 'version: 2.0.0\ncommit: c2';
    const ci = 'https://gitlab.example/3';
    expect(resolve({ baseUrl }, undefined, environment).build).toEqual({ commit: 'c3', ci });
    expect(resolve({ baseUrl }, file, environment).build).toEqual({ version: '2.0.0', commit: 'c2', ci });
    const flags = { targetVersion: '1.0.0', targetCommit: 'c1' };
    expect(resolve({ baseUrl, ...flags }, file, environment).build).toEqual({ version: '1.0.0', commit: 'c1', ci });
    const blank = { targetVersion: '', targetCommit: ' ' };
    expect(resolve({ baseUrl, ...blank }, file, environment).build).toEqual({ version: '2.0.0', commit: 'c2', ci });
  });

  it('leaves /app undeclared on beta, and knows that v1.0 has none', () => {
    expect('app' in resolve({ baseUrl }).capabilities).toBe(false);
    expect(resolve({ baseUrl }, 'capabilities: { app: true }').capabilities.app).toBe(true);
    expect(resolve({ baseUrl: 'http://localhost/v1.0' }).capabilities.app).toBe(false);
    expect(resolve({ baseUrl }, 'capabilities: { app: false }').capabilities.app).toBe(false);
  });

  it('takes none for kinds of calls and for callbacks, but not for all that could be muted', () => {
    const told = resolve({ baseUrl }, 'calls: { peerToPeer: none }\ncallbacks: none');
    expect(told).toMatchObject({ calls: { peerToPeer: 'none' }, callbacks: 'none' });
    expect(() => resolve({ baseUrl }, 'calls: { group: none, meeting: none, peerToPeer: none }')).toThrow(
      /none for every/,
    );
  });

  it('lets flags go before the target file', () => {
    const file = `name: acme
baseUrl: http://localhost:1/v1.0
token: written
timeouts: { request: 1s, notification: 2s, quiet: 3s, throttle: 4s }
callback: { listen: '127.0.0.1:1', publicUrl: 'http://written', tls: true }
rate: 30/m
`;
    const flags = {
      baseUrl,
      tokenEnv: 'TOKEN',
      requestTimeout: '5s',
      notificationTimeout: '6s',
      quietWindow: '7s',
      callbackListen: '0.0.0.0:2',
      callbackUrl: 'http://flag/',
      callbackTls: false,
    };
    expect(resolve(flags, file, { TOKEN: 'from-env' })).toMatchObject({
      name: 'acme',
      baseUrl,
      apiVersion: 'beta',
      token: 'from-env',
      secrets: ['from-env'],
      timeouts: { requestMs: 5_000, notificationMs: 6_000, quietMs: 7_000, throttleMs: 4_000 },
      callback: { host: '0.0.0.0', port: 2, publicUrl: 'http://flag', tls: false },
      requestsPerSecond: 0.5,
      notes: [],
    });
    expect(resolve({}, file)).toMatchObject({
      baseUrl: 'http://localhost:1/v1.0',
      token: 'written',
      timeouts: { requestMs: 1_000, notificationMs: 2_000, quietMs: 3_000 },
      callback: { host: '127.0.0.1', port: 1, publicUrl: 'http://written', tls: true },
    });
  });

  it('takes what would be written in a file, too, and checks it as one', () => {
    const resolveObject = (source: TargetSource) => resolveSource({}, source, { SECRET: 's3cret' });
    const described = { baseUrl, token: '${SECRET}', capabilities: { unmute: true } };
    expect(resolveObject(described)).toMatchObject({
      token: 's3cret',
      capabilities: { unmute: true },
    });
    expect(() => resolveObject({ name: 'acme' })).toThrow('the target has no baseUrl');
    expect(() => resolveObject({ baseUrl, rate: 'fast' })).toThrow(/^the target, .*rate/);
  });

  it('knows everything that no report may contain', () => {
    const file = `baseUrl: ${baseUrl}
unprivilegedToken: less
oauth: { tokenUrl: 'http://127.0.0.1:9/token', clientId: id, clientSecret: client-secret }
headers: { X-Key: { value: key, secret: true }, X-Plain: plain, X-Open: { value: open } }
`;
    const target = resolve({}, file);
    expect(target.secrets).toEqual(['less', 'client-secret', 'key']);
    expect(target.headers).toEqual({ 'X-Key': 'key', 'X-Plain': 'plain', 'X-Open': 'open' });
    expect(target.token).toBeUndefined();
    expect(target.notes).toEqual([]);
  });

  it('takes a token that is given in place of one that would be fetched', () => {
    const file = `baseUrl: ${baseUrl}\noauth: { tokenUrl: 'https://login.example', clientId: id, clientSecret: sec }\n`;
    const target = resolve({ tokenEnv: 'TOKEN' }, file, { TOKEN: 'given' });
    expect(target).toMatchObject({ token: 'given', secrets: ['given', 'sec'] });
    expect(target.oauth).toBeUndefined();
  });

  it('reads keys from a file, and leaves a URL for later', () => {
    writeFileSync(path.join(folder, 'keys.json'), '\uFEFF{"keys":[{"kty":"EC"}]}');
    const withKeys = (jwks: string) => resolve({ baseUrl }, `callback: { jwks: '${jwks}' }\n`).callback.jwks;
    expect(withKeys('keys.json')).toEqual({ keys: { keys: [{ kty: 'EC' }] } });
    expect(withKeys('http://127.0.0.1:9/keys')).toEqual({ url: 'http://127.0.0.1:9/keys' });
  });

  it('reads certificates, and says that none are checked', () => {
    for (const name of ['ca', 'cert', 'key']) writeFileSync(path.join(folder, `${name}.pem`), name);
    const target = resolve({ baseUrl, ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem', insecure: true });
    expect(target.tls).toEqual({ ca: 'ca', cert: 'cert', key: 'key', insecure: true });
    expect(target.notes).toContain('the certificate of the target was not checked (--insecure)');
  });

  it('takes the proxy of the environment, unless the target is on this machine', () => {
    const environment = { HTTP_PROXY: 'http://ann:s3cret@proxy.example:3128' };
    const target = resolve({ baseUrl: 'http://emulator.example/beta' }, undefined, environment);
    expect(target.notes).toContain('requests go through the proxy proxy.example:3128');
    expect(target.secrets).toContain('s3cret');
    expect(resolve({ baseUrl }, undefined, environment).proxy).toBeUndefined();
  });

  it.each<[string, WrittenOptions, string | undefined, string]>([
    ['no base URL', {}, undefined, 'The command has no baseUrl'],
    ['a file without one', {}, 'name: acme', 'acme.yaml has no baseUrl'],
    ['a wrong one in the file', {}, 'baseUrl: localhost', 'acme.yaml: baseUrl "localhost" is not a valid URL'],
    ['an empty token', { baseUrl }, 'token: ""', 'acme.yaml: token is empty'],
    ['half a client certificate', { baseUrl, cert: 'acme.yaml' }, '', '--cert and --key go together'],
    ['a certificate that is not there', { baseUrl, ca: 'none.pem' }, undefined, '--ca none.pem does not exist'],
    ['keys that are none', { baseUrl }, 'callback: { jwks: acme.yaml }', 'is not a JSON Web Key Set'],
    ['keys that are not there', { baseUrl }, 'callback: { jwks: none.json }', 'callback.jwks none.json does not exist'],
    ['keys at no URL', { baseUrl }, "callback: { jwks: 'http://' }", 'callback.jwks "http://" is not a valid URL'],
    [
      'a secret that would go out in the clear',
      { baseUrl },
      "oauth: { tokenUrl: 'http://login.example/token', clientId: a, clientSecret: b }",
      'acme.yaml: oauth.tokenUrl "http://login.example/token" is not an https URL',
    ],
    [
      'a header that cannot be sent',
      { baseUrl },
      'headers: { "X Key": a }',
      'acme.yaml: headers: "X Key" is not a valid header name',
    ],
    [
      'a flag that is not a valid duration',
      { baseUrl, requestTimeout: '5' },
      undefined,
      '--request-timeout "5" is not a valid duration',
    ],
    ['no time at all', { baseUrl }, 'timeouts: { quiet: 0s }', 'timeouts.quiet "0s" is not a valid duration'],
    ['Graph itself', { baseUrl: 'https://graph.microsoft.com/beta' }, undefined, 'Give --allow-production'],
  ])('refuses %s', (_what, flags, file, problem) => {
    const act = () => resolve(flags, file === '' ? 'name: acme' : file);
    expect(act).toThrow(ConfigurationError);
    expect(act).toThrow(problem);
  });
});
