import type { CallScope } from './call-scope.ts';
import type { RequestBody } from '../engine/http/send-options.ts';

/** How a request to mute differs from the documented one; what is left out is as documented. */
export interface MuteOptions {
  readonly clientContext?: unknown;
  /** In place of the JSON object with the client context; `none` sends no body at all. */
  readonly body?: RequestBody | 'none';
  readonly contentType?: string | null;
  /** The Authorization header; null leaves it out. */
  readonly authorization?: string | null;
  readonly method?: string;
  /** In place of the path of the case. */
  readonly path?: CallScope['path'];
  /** The last segment of the path: mute, or its namespace-qualified form. */
  readonly segment?: string;
  /** A query behind the path, encoded, without its question mark. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** The body of a mute: as documented, with a client context of its own, unless the options say otherwise. */
export function muteBody(options: MuteOptions, scope: CallScope): RequestBody | undefined {
  if (options.body === 'none') return undefined;
  if (options.body !== undefined) return options.body;
  const json = { clientContext: 'clientContext' in options ? options.clientContext : scope.nextClientContext() };
  if (options.contentType === undefined) return { json };
  return { text: JSON.stringify(json), contentType: options.contentType };
}
