import { isObject } from '../../engine/catalogue/json-value.ts';
import type { CallKind } from '../../engine/target/target.ts';

/** A request to …/mute, as far as it decides how it is to be answered. */
export interface SentMute {
  readonly method: string;
  /** The query behind the path; empty where there is none. */
  readonly query: string;
  /** Whether the credentials are those that the target is known to accept. */
  readonly isAuthorized: boolean;
  /** What is wrong with them, where that is certain. */
  readonly badCredentials?: 'missing' | 'other scheme' | 'empty' | 'wrong' | undefined;
  /** The Content-Type header as it was sent; undefined where there was none. */
  readonly contentType: string | undefined;
  /** The body as JSON of any type; undefined where it is none. */
  readonly json: unknown;
  /** Length of the body. */
  readonly bytes: number;
  readonly callKind: CallKind | undefined;
}

/**
 * How a mute is to be answered: a valid one 200; an optional one 200 or with a refusal, for no must of any source
 * decides it; a mistaken one with a refusal.
 */
export type MuteKind = 'valid' | 'optional' | 'mistaken';

/** Bodies that are longer than this may be refused for their length; a clientContext needs a few hundred bytes. */
const modestBytes = 4_096;

/** The longest clientContext that is documented. */
export const longestContext = 256;

/** Whether nothing may be refused for its length alone. */
export function isModest({ bytes }: Pick<SentMute, 'bytes'>): boolean {
  return bytes <= modestBytes;
}

export function muteKindOf(sent: SentMute): MuteKind {
  const { method, isAuthorized, contentType = '', json, bytes, callKind } = sent;
  const [mediaType = ''] = contentType.split(';');
  const isJson = mediaType.trim().toLowerCase() === 'application/json';
  if (method !== 'POST' || !isAuthorized || !isJson || !isModest(sent)) return 'mistaken';
  if (callKind === undefined || callKind === 'peerToPeer') return 'mistaken';
  if (bytes === 0) return 'optional';
  if (!isObject(json)) return 'mistaken';
  const { clientContext, ...others } = json;
  if ((clientContext ?? null) !== null && typeof clientContext !== 'string') return 'mistaken';
  const text = typeof clientContext === 'string' ? clientContext : '';
  if (text.length > longestContext) return 'mistaken';
  const isUsual =
    /^[\x20-\x7E]+$/.test(text) &&
    Object.keys(others).length === 0 &&
    sent.query === '' &&
    mediaType.trim() === 'application/json';
  return isUsual ? 'valid' : 'optional';
}

/** The clientContext of a mute: undefined where it has none, or is no JSON object. */
export function clientContextOf({ json }: Pick<SentMute, 'json'>): unknown {
  return isObject(json) ? json['clientContext'] : undefined;
}
