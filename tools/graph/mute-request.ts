import { isUtf8 } from 'node:buffer';
import type { CallScope } from './calls/call-scope.ts';
import type { RequestBody } from '../engine/http/send-options.ts';
import { NotJson, parseJson } from '../engine/http/json-depth.ts';
import type { CallKind, Target } from '../engine/target/target.ts';
import type { SentMute } from './rules/sent-mute.ts';

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

/** The bearer token in an Authorization header, under whatever scheme tokens are sent; undefined where there is none. */
export function tokenIn(authorization: string | null): string | undefined {
  return /^(?:bearer|token) +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** What a request to mute says, as far as it decides how it is to be answered. */
export function sentMute(
  options: MuteOptions,
  body: RequestBody | undefined,
  callKind: CallKind | undefined,
  target?: Pick<Target, 'capabilities' | 'unprivilegedToken'>,
): SentMute {
  const { method = 'POST', query = '', authorization, headers } = options;
  const common = {
    method,
    query,
    callKind,
    isAuthorized: authorization === undefined && headers === undefined,
    badCredentials: headers === undefined ? badCredentialsIn(authorization, target) : undefined,
  };
  if (body === undefined) return { ...common, contentType: undefined, json: undefined, bytes: 0 };
  if ('json' in body) {
    const bytes = (JSON.stringify(body.json) as string | undefined)?.length ?? 0;
    return { ...common, contentType: 'application/json', json: body.json, bytes };
  }
  const { text, contentType } = body;
  const isText = typeof text === 'string' || isUtf8(text);
  const json = isText ? readJson(text.toString()) : undefined;
  return { ...common, contentType: contentType ?? undefined, json, bytes: text.length };
}

/** Of a token only a target that checks tokens says whether it is a wrong one. */
function badCredentialsIn(
  authorization: string | null | undefined,
  target: Pick<Target, 'capabilities' | 'unprivilegedToken'> | undefined,
): SentMute['badCredentials'] {
  if (authorization === undefined) return undefined;
  if (authorization === null) return 'missing';
  const [scheme, token = ''] = authorization.split(/ +(.*)/s);
  if (scheme?.toLowerCase() !== 'bearer') return 'other scheme';
  if (token === '') return 'empty';
  return target?.capabilities.tokenValidation === true && token !== target.unprivilegedToken ? 'wrong' : undefined;
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}
