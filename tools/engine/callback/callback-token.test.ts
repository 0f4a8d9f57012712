import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { type ScriptedReply, startScriptedTarget, targetAt } from '../../dev/testing/targets/scripted-target.ts';
import { verifyCallbackToken } from './callback-token.ts';
import { CouldNotRun } from '../target/could-not-run.ts';
import { Delivery } from './delivery.ts';
import type { KeySource, Target } from '../target/target.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function pair(kid?: string) {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk: JWK = { ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig', ...(kid !== undefined && { kid }) };
  return { jwk, privateKey };
}

const [mine, other, stranger] = await Promise.all([pair('mine'), pair('other'), pair('stranger')]);
const issuer = 'https://issuer.example';
const audience = 'application';

interface Claims {
  readonly key?: CryptoKey;
  readonly kid?: string | undefined;
  readonly iss?: string;
  readonly aud?: string;
  readonly exp?: string | undefined;
}

function signed({ key = mine.privateKey, kid = 'mine', iss = issuer, aud = audience, ...rest }: Claims = {}) {
  const { exp = '1h' } = 'exp' in rest ? { exp: rest.exp ?? '' } : {};
  const token = new SignJWT({}).setProtectedHeader({ alg: 'RS256', ...(kid !== '' && { kid }) });
  token.setIssuer(iss).setAudience(aud).setIssuedAt('-2h');
  if (exp !== '') token.setExpirationTime(exp);
  return token.sign(key);
}

function delivery(authorization?: string): Delivery {
  const rawHeaders = authorization === undefined ? [] : ['Authorization', authorization];
  const arrival = { receivedAt: 0, method: 'POST', path: '/', atExpectedPath: true, rawHeaders };
  return new Delivery(arrival, { text: '{}', bytes: 2, truncated: false });
}

function verify(
  authorization: string | undefined,
  jwks?: KeySource,
  taken: Partial<Target['callback']> = {},
  ageMs?: number,
) {
  const keys: KeySource = jwks ?? { keys: { keys: [{ ...mine.jwk }, { ...other.jwk }] } };
  const callback = { host: '', port: 0, tls: false, jwks: keys, issuer, audience, ...taken };
  return verifyCallbackToken(delivery(authorization), targetAt('http://127.0.0.1:9/beta', { callback }), ageMs);
}

async function keyServer(answer: () => ScriptedReply): Promise<{ url: string; count: () => number }> {
  const server = await startScriptedTarget(answer);
  open.push(server);
  return { url: `${server.origin}/keys`, count: () => server.requests.length };
}

describe('verifyCallbackToken', () => {
  it('takes a token of the issuer for the application', async () => {
    expect(await verify(`Bearer ${await signed()}`)).toBeUndefined();
    expect(await verify(`bearer  ${await signed({ key: other.privateKey, kid: 'other' })}`)).toBeUndefined();
  });

  it('tries every key for a token that names none', async () => {
    expect(await verify(`Bearer ${await signed({ key: other.privateKey, kid: '' })}`)).toBeUndefined();
    expect(await verify(`Bearer ${await signed({ key: stranger.privateKey, kid: '' })}`)).toContain('signature');
  });

  it.each<[string, () => Promise<string | undefined>, string]>([
    ['no header', async () => undefined, 'has no Authorization: Bearer'],
    ['another scheme', async () => `Basic ${await signed()}`, 'has no Authorization: Bearer'],
    ['no token', async () => 'Bearer ', 'has no Authorization: Bearer'],
    ['what is no token', async () => 'Bearer x.y', 'the token is not valid'],
    [
      'another key',
      async () => `Bearer ${await signed({ key: stranger.privateKey })}`,
      'signature verification failed',
    ],
    [
      'an unknown key',
      async () => `Bearer ${await signed({ key: stranger.privateKey, kid: 'stranger' })}`,
      'no applicable key',
    ],
    ['another issuer', async () => `Bearer ${await signed({ iss: 'https://other.example' })}`, '"iss"'],
    ['another audience', async () => `Bearer ${await signed({ aud: 'other' })}`, '"aud"'],
    ['an old token', async () => `Bearer ${await signed({ exp: '-1h' })}`, '"exp"'],
    ['a token that never expires', async () => `Bearer ${await signed({ exp: undefined })}`, 'missing required "exp"'],
  ])('says what is wrong with %s', async (_what, authorization, problem) => {
    expect(await verify(await authorization())).toContain(problem);
  });

  it('takes a token that has expired since it came', async () => {
    const authorization = `Bearer ${await signed({ exp: '-1h' })}`;
    expect(await verify(authorization, undefined, {}, 2 * 3_600_000)).toBeUndefined();
  });

  it('takes one of several issuers and audiences', async () => {
    const several = { issuer: ['https://gov.example', issuer], audience: ['other', audience] };
    expect(await verify(`Bearer ${await signed()}`, undefined, several)).toBeUndefined();
    expect(await verify(`Bearer ${await signed({ iss: 'https://gov.example' })}`, undefined, several)).toBeUndefined();
    expect(await verify(`Bearer ${await signed({ iss: `${issuer}/` })}`, undefined, several)).toContain('"iss"');
    expect(await verify(`Bearer ${await signed({ aud: 'third' })}`, undefined, several)).toContain('"aud"');
  });

  it('fetches the keys once', async () => {
    const { url, count } = await keyServer(() => ({ status: 200, json: { keys: [mine.jwk] } }));
    const source = { url };
    for (let round = 0; round < 3; round += 1) {
      expect(await verify(`Bearer ${await signed()}`, source)).toBeUndefined();
    }
    expect(count()).toBe(1);
  });

  it.each<[string, ScriptedReply]>([
    ['there are none', { status: 404 }],
    ['they are no JSON', { status: 200, text: 'keys' }],
    ['they are no key set', { status: 200, json: { keys: 5 } }],
  ])('blames nobody when the keys cannot be had: %s', async (_what, answer) => {
    const { url } = await keyServer(() => answer);
    const verifying = verify(`Bearer ${await signed()}`, { url });
    await expect(verifying).rejects.toThrow(CouldNotRun);
    await expect(verifying).rejects.toThrow('could not fetch the keys of callback.jwks');
  });

  it('blames nobody when nothing listens, and when no keys are given', async () => {
    await expect(verify(`Bearer ${await signed()}`, { url: 'http://127.0.0.1:9/keys' })).rejects.toThrow(
      'nothing listens',
    );
    const target = targetAt('http://127.0.0.1:9/beta');
    await expect(verifyCallbackToken(delivery('Bearer x'), target)).rejects.toThrow('give callback.jwks');
  });
});
