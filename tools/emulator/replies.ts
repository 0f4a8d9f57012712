import type { ReceivedRequest, Reply, RequestContext } from './exchange.ts';
import type { Header } from './refusals.ts';
import type { Refusal } from './refusals.ts';

/** Headers that the service sends with every answer (facts 12 and 13). */
function serviceHeaders({ requestId, headers }: ReceivedRequest): Header[] {
  const { 'client-request-id': clientRequestId, 'scenario-id': scenarioId } = headers;
  return [
    ['request-id', requestId],
    ['client-request-id', single(clientRequestId) ?? requestId],
    ['Strict-Transport-Security', 'max-age=31536000'],
    ...(scenarioId === undefined ? [] : [['scenario-id', single(scenarioId) ?? ''] as const]),
  ];
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}

/** An answer with JSON in it, or with nothing when there is no body. */
export function reply(
  request: ReceivedRequest,
  status: number,
  body?: unknown,
  headers: readonly Header[] = [],
): Reply {
  const content: Header[] =
    body === undefined
      ? []
      : [
          ['Content-Type', 'application/json'],
          ['OData-Version', '4.0'],
        ];
  return {
    status,
    headers: [...content, ...serviceHeaders(request), ...headers],
    ...(body === undefined ? {} : { body }),
  };
}

/** The answer to a request that is refused: the OData error with its inner error (fact 65). */
export function refusalReply(request: ReceivedRequest, refusal: Refusal, now: number): Reply {
  const clientRequestId = single(request.headers['client-request-id']) ?? request.requestId;
  const body = {
    error: {
      code: refusal.code,
      message: refusal.message,
      innerError: {
        date: new Date(now).toISOString().slice(0, 19),
        'request-id': request.requestId,
        'client-request-id': clientRequestId,
      },
    },
  };
  return reply(request, refusal.status, body, refusal.headers);
}

/** The service root that the request came to, with its version. */
export function serviceRoot({ request, version }: RequestContext): string {
  return `${request.origin}/${version ?? 'beta'}`;
}
