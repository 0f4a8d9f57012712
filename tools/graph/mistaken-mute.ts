import type { Target } from '../engine/target/target.ts';
import type { MuteOptions } from './mute-request.ts';

/** A mute with one thing wrong: with the request, or with the call that it names. */
export interface MistakenMute extends MuteOptions {
  /** A group call where nothing else is said. */
  readonly of?: MutedCall | undefined;
}

/** What a path to mute may name. */
export type MutedCall = 'peer-to-peer call' | 'ended call' | 'unknown call' | 'malformed call id';

/** What authorizes a mute of a group call. */
type KnownTokens = Pick<Target, 'token' | 'unprivilegedToken'>;

/** Longer texts are told apart by how they begin and how long they are. */
const shownCharacters = 100;

/**
 * A text by which a mistake is told from others: the same for each request that has just this wrong.
 * @param tokens those of the target, which are not to be kept in more places; one may be a GUID
 * @returns undefined where nothing is wrong, as far as the options go
 */
export function mistakeIn({ of, ...options }: MistakenMute, tokens: KnownTokens = {}): string | undefined {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  if (given.length === 0) return of;
  const told = JSON.stringify(Object.fromEntries(given.sort()), (name, value: unknown) => {
    // Of a clientContext its type is wrong, or its length.
    if (name === 'clientContext') return Array.isArray(value) ? 'array' : typeof value;
    const isLong = typeof value === 'string' && value.length > shownCharacters;
    return isLong ? `${value.slice(0, shownCharacters)}, in all ${value.length}` : value;
  });
  const named = Object.entries({ token: tokens.token, 'unprivileged token': tokens.unprivilegedToken })
    .flatMap(([name, token]) => (token === undefined ? [] : [{ name, token }]))
    .reduce((text, { name, token }) => text.replaceAll(token, `(${name})`), told);
  // What derives from the id of a case is another in each.
  return `${of ?? 'group call'}: ${named.replaceAll(/[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}/gi, '(guid)')}`;
}
