import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import { readTargetFile } from './target-file.ts';

function read(text: string, environment: NodeJS.ProcessEnv = {}) {
  return readTargetFile(text, 'acme.yaml', environment);
}

const everything = `name: acme
baseUrl: http://localhost:8080/beta
token: \${ACME_TOKEN}
unprivilegedToken: other
oauth: { tokenUrl: 'https://login.example/token', clientId: id, clientSecret: '\${ACME_SECRET}', scope: a b }
headers: { X-Tenant: one, X-Key: { value: '\${ACME_SECRET}', secret: true } }
applicationId: 5d2f0f0e-1f2a-4f0d-9a39-0a1d4f2f6a01
capabilities: { app: true, operations: true, participants: false }
calls:
  group: { create: { tenantId: t, nested: ['\${ACME_TOKEN}', { deep: 'x\${ACME_TOKEN}y' }] } }
  meeting: { id: fixed, participantId: me }
  peerToPeer: { command: ./make-call.sh one }
callback: { listen: '127.0.0.1:0', publicUrl: 'http://bot.example', tls: true, jwks: keys.json, issuer: i, audience: a }
timeouts: { request: 10s, notification: 5s, quiet: 300ms, throttle: 1m }
rate: \${RATE}/s
maxBodyBytes: 4096
`;

describe('readTargetFile', () => {
  it('fills in the environment everywhere, before the schema is asked', () => {
    const file = read(everything, { ACME_TOKEN: 'tok', ACME_SECRET: 'sec', RATE: '20' });
    expect(file).toMatchObject({
      token: 'tok',
      oauth: { clientSecret: 'sec' },
      headers: { 'X-Tenant': 'one', 'X-Key': { value: 'sec', secret: true } },
      calls: { group: { create: { nested: ['tok', { deep: 'xtoky' }] } } },
      rate: '20/s',
    });
  });

  it('fills in nothing twice', () => {
    expect(read('token: ${A}', { A: '${B}', B: 'no' }).token).toBe('${B}');
  });

  it.each([
    ['with a byte order mark', '\uFEFFname: acme\n'],
    ['with CRLF', 'name: acme\r\nbaseUrl: http://localhost/beta\r\n'],
    ['with comments', '# yaml-language-server: $schema=x\nname: acme # mine\n'],
  ])('reads a file %s', (_what, text) => {
    expect(read(text).name).toBe('acme');
  });

  it.each([
    [
      'a variable that is not set',
      'name: a\ntoken: ${NOT_SET}\n',
      'acme.yaml, line 2, token: the environment variable NOT_SET is not set',
    ],
    ['an empty variable', 'token: ${EMPTY}\n', 'the environment variable EMPTY is empty'],
    [
      'a variable deep down',
      'calls:\n  group:\n    create:\n      a: [x, "${NOT_SET}"]\n',
      'line 4, calls.group.create.a[1]: the environment',
    ],
    ['no name', 'token: ${}\n', '${} names no environment variable'],
    [
      'an unknown key',
      'name: a\nbaseURL: http://x/beta\n',
      'acme.yaml, line 2, baseURL: the key is not known; did you mean baseUrl?',
    ],
    ['a value of another type', 'capabilities:\n  app: "yes"\n', 'line 2, capabilities.app: must be a boolean'],
    [
      'a duration without a unit',
      'timeouts:\n  request: "10"\n',
      'line 2, timeouts.request: "10" does not match the expected format',
    ],
    [
      'two sources of one call',
      'calls:\n  group: { id: a, command: b }\n',
      'line 2, calls.group: has keys that exclude each other',
    ],
    [
      'a participant without its call',
      'calls:\n  group: { participantId: a }\n',
      'line 2, calls.group: the key id is missing',
    ],
    ['a name that makes no folder', 'name: ../up\n', 'line 1, name: "../up" does not match the expected format'],
    ['oauth without a secret', 'oauth: { tokenUrl: a, clientId: b }\n', 'oauth: the key clientSecret is missing'],
    ['what is no YAML', 'name: [a\n', 'this is not valid YAML'],
    ['the same key twice', 'name: a\nname: b\n', 'line 2'],
    ['nothing', '', 'must be a mapping and is empty'],
    ['a list', '- name: a\n', 'must be a mapping and is a list'],
  ])('says what is wrong with %s', (_what, text, problem) => {
    const act = () => read(text, { EMPTY: '' });
    expect(act).toThrow(ConfigurationError);
    expect(act).toThrow(problem);
  });

  it('does not repeat a secret of the wrong form', () => {
    expect(() => read('token: [s3cret]\n')).toThrow(/^(?!.*s3cret)/);
  });
});
