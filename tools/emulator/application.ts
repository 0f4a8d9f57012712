import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import type { JSONWebKeySet } from 'jose';
import { isUnprivileged } from './bearer.ts';
import { type Endpoint, endpoints, withoutNamespace } from './endpoints.ts';
import {
  apiVersions,
  type ApiVersion,
  type ExchangeOutcome,
  type ReceivedRequest,
  type RequestContext,
} from './exchange.ts';
import { receiveRequest } from './receive.ts';
import { methodNotAllowed, type Refusal, refusals } from './refusals.ts';
import { refusalReply } from './replies.ts';
import type { RuleName } from './rules.ts';
import { sendOutcome } from './send.ts';
import type { CallService } from './service.ts';

/** Where the keys of callback tokens are published; the service has them at a place of its own (fact 49). */
export const keySetPath = '/.well-known/jwks.json';

/** Where a path leads, and what it names on the way. */
interface Route {
  readonly candidates: readonly Endpoint[];
  readonly version?: string;
  readonly root?: string;
  readonly callId?: string;
  readonly operationId?: string;
  readonly qualified?: boolean;
}

/**
 * The HTTP interface of a service, for both versions and both roots.
 * @param ownOrigin the origin in links when the request's Host header cannot be used.
 */
export function createApplication(
  service: CallService,
  jwks: JSONWebKeySet,
  ownOrigin: () => string,
): Hono<{ Bindings: HttpBindings }> {
  const application = new Hono<{ Bindings: HttpBindings }>({
    getPath: (request) => withKeysAsSegments(getPath(request)),
  });
  const serve = async ({ incoming, outgoing }: HttpBindings, route: Route): Promise<Response> => {
    const request = await receiveRequest(incoming, ownOrigin(), service.newGuid());
    if (request !== undefined) sendOutcome(await outcomeOf(request, route, service), outgoing);
    return RESPONSE_ALREADY_SENT;
  };
  const prefix = '/:version{beta|v1\\.0}/:root{communications|app}';
  for (const [path, candidates] of Object.entries(endpoints)) {
    application.all(prefix + path, (c) => serve(c.env, { candidates, ...c.req.param() }));
  }
  application.all(`${prefix}/calls/:callId/:action`, (c) => {
    const { action = '', ...named } = c.req.param();
    const candidates = endpoints[`/calls/:callId/${withoutNamespace(action)}`];
    const route =
      action.includes('.') && candidates !== undefined ? { candidates, qualified: true } : { candidates: [] };
    return serve(c.env, { ...named, ...route });
  });
  application.all(`${prefix}/*`, (c) => serve(c.env, { candidates: [], ...c.req.param() }));
  application.get(keySetPath, (c) => c.json(jwks));
  application.notFound((c) => serve(c.env, { candidates: [] }));
  application.onError((error, c) => c.json({ error: { code: '9999', message: error.message } }, 500));
  return application;
}

/** `calls('{id}')` as `calls/{id}`: OData has both forms for the same path. */
function withKeysAsSegments(path: string): string {
  return path.replaceAll(/\/(calls|participants|operations)\((?:'|%27)([^/()]*?)(?:'|%27)\)/g, '/$1/$2');
}

async function outcomeOf(request: ReceivedRequest, route: Route, service: CallService): Promise<ExchangeOutcome> {
  const { hooks, controls } = service;
  const { candidates, version, root, callId, operationId, qualified = false } = route;
  const endpoint = candidates.find(({ method }) => method === request.method) ?? candidates[0];
  const context: RequestContext = {
    operation: endpoint?.operation ?? 'unknown',
    version: apiVersions.find((known) => known === version),
    root: root === undefined ? undefined : root === 'app' ? '/app' : '/communications',
    qualified,
    request,
    unprivileged: isUnprivileged(request.headers.authorization, service.tokens),
    call: callId === undefined ? undefined : service.registry.find(callId),
    operationId,
    refusal: undefined,
  };
  const early = await hooks.request?.(context, controls);
  if (early !== undefined) return early;
  context.refusal = firstRefusal(context, endpoint, candidates, service);
  const usual =
    context.refusal === undefined && endpoint !== undefined
      ? await endpoint.answer(context, service)
      : refusalReply(request, context.refusal ?? refusals.unknownPath, service.now());
  if (request.body.problem === 'endless') {
    usual.headers.push(['Connection', 'close']);
    usual.torn = true;
  }
  return (await hooks.reply?.(context, usual, controls)) ?? usual;
}

/** Asks the rules one by one: path, method, then those of the endpoint. */
function firstRefusal(
  context: RequestContext,
  endpoint: Endpoint | undefined,
  candidates: readonly Endpoint[],
  service: CallService,
): Refusal | undefined {
  const ask = (name: RuleName, found: Refusal | undefined): Refusal | undefined =>
    service.hooks.rule === undefined ? found : service.hooks.rule(context, name, found, service.controls);
  const path = ask('path', unservedPath(context.version, context.root, endpoint));
  if (path !== undefined || endpoint === undefined) return path ?? refusals.unknownPath;
  const served = endpoint.method === context.request.method;
  const method = ask('method', served ? undefined : methodNotAllowed(candidates.map((candidate) => candidate.method)));
  if (method !== undefined) return method;
  for (const rule of endpoint.rules) {
    const refusal = ask(rule.name, rule.refusal(context, service));
    if (refusal !== undefined) return refusal;
    if (rule.name === 'call' && context.call === undefined) return refusals.unknownCall;
  }
  return undefined;
}

/** The deprecated root is part of beta only (facts 1 and 2). */
function unservedPath(
  version: ApiVersion | undefined,
  root: RequestContext['root'],
  endpoint: Endpoint | undefined,
): Refusal | undefined {
  if (version === 'v1.0' && root === '/app') return refusals.unknownSegment;
  return endpoint === undefined ? refusals.unknownPath : undefined;
}
