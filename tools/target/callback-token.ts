import type { createRemoteJWKSet } from 'jose';
import type { Delivery } from './callback-receiver.ts';
import { CouldNotRun } from './could-not-run.ts';
import type { Target } from './target.ts';

/**
 * Checks the bearer token of a notification as a bot must (fact 49): signature by the configured keys, issuer,
 * audience, expiry.
 * @returns what is wrong with it, or undefined
 * @throws CouldNotRun when the target file does not say how to check it
 */
export async function verifyCallbackToken(delivery: Delivery, target: Target): Promise<string | undefined> {
  const { jwks, issuer, audience } = target.callback;
  if (jwks === undefined)
    throw new CouldNotRun(
      'callback tokens cannot be checked: give callback.jwks, issuer and audience in the target file',
    );
  const jose = await import('jose');
  const { createLocalJWKSet, errors, jwtVerify } = jose;
  const [, token] = /^bearer (\S+)$/i.exec(delivery.authorization ?? '') ?? [];
  if (token === undefined) return 'the notification has no Authorization: Bearer';
  try {
    const options = {
      ...(issuer !== undefined && { issuer }),
      ...(audience !== undefined && { audience }),
      requiredClaims: ['exp'],
    };
    if ('url' in jwks) await jwtVerify(token, remoteKeys(jwks.url, jose.createRemoteJWKSet), options);
    else await jwtVerify(token, createLocalJWKSet(jwks.keys as Parameters<typeof createLocalJWKSet>[0]), options);
    return undefined;
  } catch (error) {
    if (error instanceof errors.JWKSTimeout) throw new CouldNotRun(`the keys at callback.jwks did not come in time`);
    if (error instanceof errors.JOSEError) return `the token is not valid: ${error.message}`;
    throw new CouldNotRun(
      `the keys at callback.jwks cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

type CreateRemote = typeof createRemoteJWKSet;
const remote = new Map<string, ReturnType<CreateRemote>>();

/** One key set for a URL, which fetches and keeps the keys. */
function remoteKeys(url: string, create: CreateRemote): ReturnType<CreateRemote> {
  const keys = remote.get(url) ?? create(new URL(url));
  remote.set(url, keys);
  return keys;
}
