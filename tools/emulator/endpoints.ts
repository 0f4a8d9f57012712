import { type Call, isGroupCall, type CallOperation } from './call.ts';
import type { Decision } from './deviation.ts';
import type { OperationName, Reply, RequestContext } from './exchange.ts';
import { refusalReply, reply, serviceRoot } from './replies.ts';
import { callData, operationData, participantListData } from './resources.ts';
import { callRules, createRules, muteRules, operationRules, participantRules, type RefusalRule } from './rules.ts';
import type { CallService } from './service.ts';

/** One operation of the service: the rules of its requests, and the answer once they are kept. */
export interface Endpoint {
  readonly operation: OperationName;
  readonly method: string;
  readonly rules: readonly RefusalRule[];
  readonly answer: (context: RequestContext, service: CallService) => Reply | Promise<Reply>;
}

const createCall: Endpoint = {
  operation: 'createCall',
  method: 'POST',
  rules: createRules,
  answer: (context, service) => {
    const call = service.createCall(context);
    const root = serviceRoot(context);
    return reply(context.request, 201, callData(call, root), [['Location', `${root}/communications/calls/${call.id}`]]);
  },
};

const getCall: Endpoint = {
  operation: 'getCall',
  method: 'GET',
  rules: callRules,
  answer: onCall((call, context) => reply(context.request, 200, callData(call, serviceRoot(context)))),
};

const deleteCall: Endpoint = {
  operation: 'deleteCall',
  method: 'DELETE',
  rules: callRules,
  answer: onCall((call, context, service) => {
    service.endCall(call, context);
    return reply(context.request, 204);
  }),
};

const listParticipants: Endpoint = {
  operation: 'listParticipants',
  method: 'GET',
  rules: participantRules,
  answer: onCall((call, context, { settings }) => {
    const readable = isGroupCall(call) || settings.peerToPeerRoster === 'readable';
    const participants = readable ? call.roster.participants : [];
    const [, from = '0'] = /[?&]\$skiptoken=(\d+)/.exec(context.request.target) ?? [];
    const page = { from: Number(from), size: settings.participantsOnPage };
    return reply(context.request, 200, participantListData(call, participants, serviceRoot(context), page));
  }),
};

const getOperation: Endpoint = {
  operation: 'getOperation',
  method: 'GET',
  rules: operationRules,
  answer: onCall((call, context) => {
    const operation = call.operations.get((context.operationId ?? '').toLowerCase());
    // Only a deviation that waives the rule can get here without one.
    if (operation === undefined) return reply(context.request, 204);
    return reply(context.request, 200, operationData(operation, serviceRoot(context)));
  }),
};

const mute = muting('mute', 'muteParticipantOperation');
const unmute = muting('unmute', 'unmuteParticipantOperation');

function muting(name: 'mute' | 'unmute', type: CallOperation['type']): Endpoint {
  return {
    operation: name,
    method: 'POST',
    rules: muteRules,
    answer: onCall(async (call, context, service) => {
      const usual: Decision = { accepted: true, operation: service.newOperation(type, context) };
      const decision = (await service.hooks.decision?.(context, usual, service.controls)) ?? usual;
      if (!decision.accepted) {
        context.refusal = decision.refusal;
        return refusalReply(context.request, decision.refusal, service.now());
      }
      const answer = operationReply(context, call, decision.operation);
      service.perform(call, decision.operation, context);
      return answer;
    }),
  };
}

/** What a mute or unmute of the call is answered with: 200, the operation and where it is to be found. */
export function operationReply(context: RequestContext, call: Pick<Call, 'id'>, operation: CallOperation): Reply {
  const root = serviceRoot(context);
  return reply(context.request, 200, operationData(operation, root), [
    ['Location', `${root}/communications/calls/${call.id}/operations/${operation.id}`],
  ]);
}

/** An answer that needs the call, which the rules have seen to. */
function onCall(
  answer: (call: Call, context: RequestContext, service: CallService) => Reply | Promise<Reply>,
): Endpoint['answer'] {
  return (context, service) => {
    if (context.call === undefined) throw new Error('the rule that the call exists was not asked');
    return answer(context.call, context, service);
  };
}

/** The endpoints by their path below `/{version}/{root}`; those of one path differ in their method. */
export const endpoints: Readonly<Record<string, readonly Endpoint[]>> = {
  '/calls': [createCall],
  '/calls/:callId': [getCall, deleteCall],
  '/calls/:callId/participants': [listParticipants],
  '/calls/:callId/operations/:operationId': [getOperation],
  '/calls/:callId/mute': [mute],
  '/calls/:callId/unmute': [unmute],
};

/** The path of an action that was named with its namespace, in any case (fact 4), written without it. */
export function withoutNamespace(segment: string): string {
  return segment.replace(/^microsoft\.graph\.(?=(un)?mute$)/i, '');
}
