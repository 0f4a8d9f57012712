import type { CryptoKey, JWTVerifyGetKey } from 'jose';
import type { Delivery } from './callback-receiver.ts';
import { CouldNotRun } from '../target/could-not-run.ts';
import type { KeySource, Target } from '../target/target.ts';

/** Errors of jose that say something of the keys, not of the token. */
const keyProblems = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT']);

/** What checking a token said, when its delivery came; a recording has that in place of the token. */
export type TokenVerdict =
  { readonly verdict: 'valid' } | { readonly verdict: 'invalid' | 'unknown'; readonly reason: string };

const remembered = new WeakMap<Delivery, TokenVerdict>();

/** Lets a delivery have that verdict from now on, whatever its token. */
export function rememberVerdict(delivery: Delivery, verdict: TokenVerdict): void {
  remembered.set(delivery, verdict);
}

/**
 * Checks the bearer token of a notification as a bot must (fact 49): signature by the configured keys, issuer,
 * audience, expiry.
 * @param ageMs how long ago it came: what has expired since then was valid
 * @returns what is wrong with it, or undefined
 * @throws CouldNotRun when the target file does not say how to check it, or the keys cannot be fetched
 */
export async function verifyCallbackToken(delivery: Delivery, target: Target, ageMs = 0): Promise<string | undefined> {
  const known = remembered.get(delivery);
  if (known?.verdict === 'unknown') throw new CouldNotRun(known.reason);
  if (known !== undefined) return known.verdict === 'valid' ? undefined : known.reason;
  const { jwks, issuer, audience } = target.callback;
  if (jwks === undefined) {
    throw new CouldNotRun(
      'callback tokens cannot be checked: give callback.jwks, issuer and audience in the target file',
    );
  }
  const { errors, jwtVerify } = await import('jose');
  const [, token] = /^bearer +(\S+)$/i.exec(delivery.authorization ?? '') ?? [];
  if (token === undefined) return 'the notification has no Authorization: Bearer';
  const options = {
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
    requiredClaims: ['exp'],
    currentDate: new Date(Date.now() - ageMs),
  };
  const verify = (key: JWTVerifyGetKey | CryptoKey) =>
    typeof key === 'function' ? jwtVerify(token, key, options) : jwtVerify(token, key, options);
  try {
    await verify(await keysOf(jwks, target)).catch(async (error: unknown) => {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      // A token that names no key may be signed by any.
      let last: unknown = error;
      for await (const key of error) {
        try {
          return await verify(key);
        } catch (problem) {
          last = problem;
          if (!(problem instanceof errors.JWSSignatureVerificationFailed)) break;
        }
      }
      throw last;
    });
    return undefined;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    if (error instanceof errors.JOSEError && !keyProblems.has(error.code)) return `the token is not valid: ${problem}`;
    throw new CouldNotRun(`could not fetch the keys of callback.jwks: ${problem}`);
  }
}

/** One key set for a source, which fetches and keeps the keys. */
const keySets = new WeakMap<KeySource, JWTVerifyGetKey>();

async function keysOf(source: KeySource, target: Target): Promise<JWTVerifyGetKey> {
  const known = keySets.get(source);
  if (known !== undefined) return known;
  const made = 'url' in source ? await remoteKeys(source.url, target) : await localKeys(source.keys);
  keySets.set(source, made);
  return made;
}

async function remoteKeys(url: string, target: Target): Promise<JWTVerifyGetKey> {
  const [{ createRemoteJWKSet, customFetch }, { createSideFetch }] = await Promise.all([
    import('jose'),
    import('../http/side-fetch.ts'),
  ]);
  return createRemoteJWKSet(new URL(url), {
    [customFetch]: createSideFetch(target, process.env),
    timeoutDuration: target.timeouts.requestMs,
  });
}

async function localKeys(keys: unknown): Promise<JWTVerifyGetKey> {
  const { createLocalJWKSet } = await import('jose');
  return createLocalJWKSet(keys as Parameters<typeof createLocalJWKSet>[0]);
}
