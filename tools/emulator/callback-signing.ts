import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';

/** The issuer of the tokens on callbacks (fact 49). */
export const callbackIssuer = 'https://api.botframework.com';

const algorithm = 'ES256';
const keyId = 'call-mute-emulator';
const lifetimeSeconds = 3_600;
/** A token is not used for longer than this, so that it is still valid when it arrives. */
const reuseMilliseconds = 1_800_000;

/** Claims in place of the usual ones. */
export interface CallbackTokenClaims {
  readonly issuer?: string;
  readonly audience?: string;
  /** Seconds from now until it expires; negative for a token that has expired. */
  readonly expiresIn?: number;
  /** Signs with a key that the key set does not contain. */
  readonly foreignKey?: boolean;
}

type SigningKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

interface Keys {
  readonly own: SigningKey;
  readonly foreign: SigningKey;
  readonly jwks: JSONWebKeySet;
}

let sharedKeys: Promise<Keys> | undefined;

/** One pair of keys serves all emulators of a process: making them costs more than starting an emulator. */
function keys(): Promise<Keys> {
  sharedKeys ??= makeKeys();
  return sharedKeys;
}

async function makeKeys(): Promise<Keys> {
  const [own, foreign] = await Promise.all([generateKeyPair(algorithm), generateKeyPair(algorithm)]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: keyId, alg: algorithm, use: 'sig' };
  return { own: own.privateKey, foreign: foreign.privateKey, jwks: { keys: [jwk] } };
}

/** The public keys by which callback tokens are verified. */
export async function callbackKeySet(): Promise<JSONWebKeySet> {
  return (await keys()).jwks;
}

/** Signs the bearer tokens of one emulator's callbacks, and signs a new one only when the last has grown old. */
export class CallbackTokens {
  readonly #audience: string;
  readonly #tenantId: string;
  readonly #now: () => number;
  #current: { readonly token: Promise<string>; readonly signedAt: number } | undefined;

  /** @param now the time in milliseconds since the epoch. */
  constructor(audience: string, tenantId: string, now: () => number) {
    this.#audience = audience;
    this.#tenantId = tenantId;
    this.#now = now;
  }

  current(): Promise<string> {
    const now = this.#now();
    if (this.#current === undefined || now - this.#current.signedAt > reuseMilliseconds) {
      this.#current = { token: this.sign({}), signedAt: now };
    }
    return this.#current.token;
  }

  async sign(claims: CallbackTokenClaims): Promise<string> {
    const { own, foreign } = await keys();
    const seconds = Math.floor(this.#now() / 1000);
    return new SignJWT({ tid: this.#tenantId })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: keyId })
      .setIssuer(claims.issuer ?? callbackIssuer)
      .setAudience(claims.audience ?? this.#audience)
      .setNotBefore(seconds)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + (claims.expiresIn ?? lifetimeSeconds))
      .sign(claims.foreignKey === true ? foreign : own);
  }
}
