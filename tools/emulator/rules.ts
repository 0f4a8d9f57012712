import { type AcceptedTokens, refusedAuthorization } from './bearer.ts';
import { isGroupCall } from './call.ts';
import { isObject, type JsonObject } from '../engine/catalogue/json-value.ts';
import { acceptableCallbackUri, requestedKind } from './create-call.ts';
import type { RequestContext } from './exchange.ts';
import { type Refusal, refusals } from './refusals.ts';
import type { Settings } from './settings.ts';

export type RuleName =
  | 'path'
  | 'method'
  | 'authorization'
  | 'permission'
  | 'call'
  | 'operation'
  | 'content-type'
  | 'body-size'
  | 'body-syntax'
  | 'body-empty'
  | 'body-object'
  | 'client-context-type'
  | 'client-context-length'
  | 'group-call'
  | 'participants'
  | 'callback-uri'
  | 'call-parties';

export interface RuleContext {
  readonly tokens: AcceptedTokens;
  readonly settings: Settings;
}

/** One thing that a request must satisfy; the first that it does not is what it is refused for. */
export interface RefusalRule {
  readonly name: RuleName;
  readonly refusal: (context: RequestContext, rule: RuleContext) => Refusal | undefined;
}

/** The request's JSON object; an empty one when there is none. */
export function bodyObject(context: RequestContext): JsonObject {
  const { value } = context.request.body;
  return isObject(value) ? value : {};
}

const authorization: RefusalRule = {
  name: 'authorization',
  refusal: ({ request }, { tokens }) => refusedAuthorization(request.headers.authorization, tokens),
};

const permission: RefusalRule = {
  name: 'permission',
  refusal: ({ unprivileged }) => (unprivileged ? refusals.missingPermission : undefined),
};

const existingCall: RefusalRule = {
  name: 'call',
  refusal: ({ call }) => (call === undefined || call.state === 'terminated' ? refusals.unknownCall : undefined),
};

const existingOperation: RefusalRule = {
  name: 'operation',
  refusal: ({ call, operationId = '' }) =>
    call?.operations.has(operationId.toLowerCase()) === true ? undefined : refusals.unknownOperation,
};

const contentType: RefusalRule = {
  name: 'content-type',
  refusal: ({ request }) => {
    const header = request.headers['content-type'];
    if (header === undefined || header.trim() === '') return refusals.missingContentType;
    const [mediaType = ''] = header.split(';');
    return mediaType.trim().toLowerCase() === 'application/json' ? undefined : refusals.unsupportedContentType;
  },
};

const bodySize: RefusalRule = {
  name: 'body-size',
  refusal: ({ request: { body } }) =>
    body.problem === 'too-large' || body.problem === 'endless' ? refusals.tooLarge : undefined,
};

const bodySyntax: RefusalRule = {
  name: 'body-syntax',
  refusal: ({ request }) => (request.body.problem === 'malformed' ? refusals.malformedBody : undefined),
};

const bodyEmpty: RefusalRule = {
  name: 'body-empty',
  refusal: ({ request }, { settings }) =>
    settings.emptyBody === 'refused' && request.body.text.trim() === '' ? refusals.emptyBody : undefined,
};

const bodyIsObject: RefusalRule = {
  name: 'body-object',
  refusal: ({ request }) => (isObject(request.body.value) ? undefined : refusals.notAnObject),
};

const clientContextType: RefusalRule = {
  name: 'client-context-type',
  refusal: (context) => {
    const { clientContext } = bodyObject(context);
    const legal = clientContext === undefined || clientContext === null || typeof clientContext === 'string';
    return legal ? undefined : refusals.clientContextType;
  },
};

/**
 * The pages say "256 chars" (fact 15) and not what a character is. OData counts the length of a string in code points
 * (CSDL 4.01, section 7.2.2, MaxLength), and that is the reading which refuses less: an emoji is one character.
 */
const clientContextLength: RefusalRule = {
  name: 'client-context-length',
  refusal: (context, { settings }) => {
    const { clientContext } = bodyObject(context);
    if (typeof clientContext !== 'string' || clientContext.length <= settings.clientContextLimit) return undefined;
    return [...clientContext].length > settings.clientContextLimit ? refusals.clientContextLength : undefined;
  },
};

const groupCall: RefusalRule = {
  name: 'group-call',
  refusal: ({ call }) => (call !== undefined && !isGroupCall(call) ? refusals.peerToPeer : undefined),
};

const readableParticipants: RefusalRule = {
  name: 'participants',
  refusal: ({ call }, { settings }) =>
    call !== undefined && !isGroupCall(call) && settings.peerToPeerRoster === 'refused'
      ? refusals.peerToPeer
      : undefined,
};

const callbackUri: RefusalRule = {
  name: 'callback-uri',
  refusal: (context) =>
    acceptableCallbackUri(bodyObject(context).callbackUri) === undefined ? refusals.callbackUri : undefined,
};

const callParties: RefusalRule = {
  name: 'call-parties',
  refusal: (context) => (requestedKind(bodyObject(context)) === undefined ? refusals.callParties : undefined),
};

const jsonBody = [contentType, bodySize, bodySyntax, bodyEmpty, bodyIsObject];

/** The rules of reading and ending a call, in the order in which they are asked. */
export const callRules: readonly RefusalRule[] = [authorization, existingCall];
export const participantRules: readonly RefusalRule[] = [...callRules, readableParticipants];
export const operationRules: readonly RefusalRule[] = [...callRules, existingOperation];
export const muteRules: readonly RefusalRule[] = [
  ...callRules,
  ...jsonBody,
  clientContextType,
  clientContextLength,
  groupCall,
];
export const createRules: readonly RefusalRule[] = [authorization, permission, ...jsonBody, callbackUri, callParties];
