/** One request to the emulator and what it is answered with. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Call } from './call.ts';
import type { Header, Refusal } from './refusals.ts';

export type ApiVersion = 'beta' | 'v1.0';
export const apiVersions: readonly ApiVersion[] = ['beta', 'v1.0'];

export type OperationName =
  'mute' | 'unmute' | 'createCall' | 'getCall' | 'deleteCall' | 'listParticipants' | 'getOperation' | 'unknown';

/** What a request carried after its headers; `value` is the JSON, `{}` where there was none. The rest of an `endless`
 * body was not read. */
export interface ReceivedBody {
  readonly text: string;
  readonly value: unknown;
  readonly problem?: 'too-large' | 'endless' | 'malformed';
}

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: ReceivedBody;
  /** Scheme, host and port under which the client reached the emulator. */
  readonly origin: string;
  /** The id of this request in the reply's headers and in error bodies. */
  readonly requestId: string;
}

/** What the hooks of a deviation are told about the request at hand. */
export interface RequestContext {
  readonly operation: OperationName;
  readonly version: ApiVersion | undefined;
  readonly root: '/communications' | '/app' | undefined;
  /** Whether the action was named with its namespace, as in `microsoft.graph.mute` (fact 4). */
  readonly qualified: boolean;
  readonly request: ReceivedRequest;
  /** Whether the bearer token is the one that may not create calls. */
  readonly unprivileged: boolean;
  /** The call that the path names; ended calls too, and whether or not the request may touch it. */
  readonly call: Call | undefined;
  /** The path's operation id. */
  readonly operationId: string | undefined;
  /** Why the request is refused; undefined before that is known and when it is not. */
  refusal: Refusal | undefined;
}

export interface Reply {
  status: number;
  /** In the order in which they are sent; a name may occur twice. Date and Content-Length are added on sending. */
  headers: Header[];
  /** Sent as JSON; no body when undefined. */
  body?: unknown;
  /** Sent as it stands instead of `body`; several pieces make a chunked body. */
  raw?: string | Uint8Array | readonly (string | Uint8Array)[];
  /** Closes the connection after what was written, whatever Content-Length promised. */
  torn?: boolean;
}

/** A reply, a connection that is closed without one, or one that is left open without one. */
export type ExchangeOutcome = Reply | 'torn' | 'hanging';
