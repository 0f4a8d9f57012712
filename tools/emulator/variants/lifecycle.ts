import type { Decision, Variant } from '../deviation.ts';
import type { RequestContext } from '../exchange.ts';
import { withEditedBody, withEditedItems, withEditedParticipants } from '../editing.ts';
import { isObject, type JsonObject } from '../../engine/catalogue/json-value.ts';
import { refusals } from '../refusals.ts';

function answeringWith(status: string | null) {
  return (_context: RequestContext, decision: Decision): Decision =>
    decision.accepted ? { accepted: true, operation: { ...decision.operation, status } } : decision;
}

function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The participant with the identity of a user, if it is an application. */
function asUser({ info }: JsonObject): void {
  if (!isObject(info) || !isObject(info.identity) || !isObject(info.identity.application)) return;
  info.identity = { user: { displayName: 'Bob', id: info.identity.application.id } };
}

/** The participant as an instance of its application, with an id of its own (fact 80), if it is an application. */
function asInstance({ info }: JsonObject): void {
  if (!isObject(info) || !isObject(info.identity) || !isObject(info.identity.application)) return;
  const { id, ...application } = info.identity.application;
  info.identity = { applicationInstance: { ...application, id: `instance-of-${String(id)}` } };
}

function nameByUrlAlone(item: JsonObject): void {
  if (!isObject(item.resourceData)) return;
  const { id: _id, ...operation } = item.resourceData;
  item.resourceData = { ...operation, '@odata.id': item.resourceUrl };
}

const reads: readonly string[] = ['getCall', 'listParticipants', 'getOperation'];

/** Calls and operations that come about in another rhythm, or are told of in another way. */
export const lifecycleVariants: readonly Variant[] = [
  {
    id: 'version-1-0',
    summary: 'Is asked under v1.0, where the deprecated path does not exist',
    target: { apiVersion: 'v1.0' },
  },
  {
    id: 'app-unserved',
    summary: 'Does not serve the deprecated path, and does not declare it',
    target: { capabilities: { app: false } },
    hooks: () => ({
      rule: ({ root }, rule, refusal) => (rule === 'path' && root === '/app' ? refusals.unknownPath : refusal),
    }),
  },
  {
    id: 'app-undeclared',
    summary: 'Serves the deprecated path, of which nobody said anything',
    target: { undeclared: 'app' },
  },
  {
    id: 'qualified-action-unserved',
    summary: 'Serves the action under its plain name alone',
    hooks: () => ({
      rule: ({ qualified }, rule, refusal) => (rule === 'path' && qualified ? refusals.unknownPath : refusal),
    }),
  },
  {
    id: 'reads-unserved',
    summary: 'Serves no GET: neither calls nor participants nor operations can be read',
    target: { capabilities: { participants: false, operations: false } },
    hooks: () => ({
      rule: ({ operation }, rule, refusal) =>
        rule === 'method' && reads.includes(operation) ? refusals.unknownPath : refusal,
    }),
  },
  {
    id: 'operation-asynchronous',
    summary: 'Answers a mute with a running operation and announces its completion',
    settings: { completeAfterMs: 20 },
    hooks: () => ({ decision: answeringWith('running') }),
  },
  {
    id: 'operation-update-without-id',
    summary: 'Announces the completion of an operation that only resourceUrl and @odata.id name',
    settings: { completeAfterMs: 20 },
    hooks: () => ({
      decision: answeringWith('running'),
      notification: ({ resource }, delivery) => [
        resource === 'operation' ? withEditedItems(delivery, nameByUrlAlone) : delivery,
      ],
    }),
  },
  {
    id: 'operation-status-null',
    summary: 'Answers a mute with an operation whose status is null and announces its completion',
    settings: { completeAfterMs: 5 },
    hooks: () => ({ decision: answeringWith(null) }),
  },
  {
    id: 'operations-kept-until-completed',
    summary: 'Finds no operation once it has ended, and does not declare that it can be read',
    target: { capabilities: { operations: false } },
    hooks: () => ({
      rule: (_context, rule, refusal) => (rule === 'operation' ? refusals.unknownOperation : refusal),
    }),
  },
  {
    id: 'call-established-late',
    summary: 'Takes a tenth of a second to establish a call',
    settings: { establishAfterMs: 100 },
  },
  {
    id: 'call-told-by-reading',
    summary: 'Announces no state of a call, so that it has to be read',
    hooks: () => ({ notification: ({ resource }, delivery) => (resource === 'call' ? [] : [delivery]) }),
  },
  {
    id: 'call-state-untold',
    summary: 'Tells nothing of the state of a call, neither by notification nor when it is read',
    hooks: () => ({
      notification: ({ resource }, delivery) => (resource === 'call' ? [] : [delivery]),
      reply: ({ operation }, reply) =>
        operation === 'getCall' || operation === 'createCall'
          ? withEditedBody(reply, (call) => {
              delete call.state;
            })
          : reply,
    }),
  },
  {
    id: 'own-participant-untold',
    summary: 'Does not say which participant is the application, which can be told by its identity alone',
    hooks: () => ({
      reply: (_context, reply) =>
        withEditedBody(reply, (call) => {
          delete call.myParticipantId;
        }),
    }),
  },
  {
    id: 'own-participant-as-instance',
    summary: 'Does not say which participant is the application, and shows it as an applicationInstance alone',
    // Two legs of one application look alike.
    hides: ['roster.every-leg'],
    hooks: () => ({
      reply: (_context, reply) =>
        withEditedBody(reply, (body) => {
          delete body.myParticipantId;
          objectsIn(body.value).forEach(asInstance);
        }),
      notification: (_context, delivery) => [withEditedParticipants(delivery, asInstance)],
    }),
  },
  {
    id: 'participants-in-pages',
    summary: 'Lists participants one by one, the others behind @odata.nextLink',
    settings: { participantsOnPage: 1 },
  },
  {
    id: 'own-identity-untold',
    summary: 'Shows the application as a user, as the documentation does, so that only myParticipantId tells it',
    hooks: () => ({
      reply: (_context, reply) => withEditedBody(reply, (body) => objectsIn(body.value).forEach(asUser)),
      notification: (_context, delivery) => [withEditedParticipants(delivery, asUser)],
    }),
  },
  {
    id: 'own-participant-unknowable',
    summary: 'Neither names the own participant nor shows the application as one',
    hides: [
      'method.refused',
      'auth.no-effect',
      'group.peer-to-peer-silent',
      'operation.terminal-is-final',
      'roster.self-muted',
      'roster.others-unchanged',
      'roster.no-crosstalk',
      'roster.delta',
      'roster.every-leg',
      'roster.not-on-refusal',
      'roster.unsolicited',
      'state.participants',
      'state.other-call',
      'state.stays-muted',
      'state.refusal-no-effect',
      'state.unmute-roundtrip',
    ],
    hooks: () => ({
      reply: (_context, reply) =>
        withEditedBody(reply, (body) => {
          delete body.myParticipantId;
          objectsIn(body.value).forEach(asUser);
        }),
      notification: (_context, delivery) => [withEditedParticipants(delivery, asUser)],
    }),
  },
  {
    id: 'call-deletion-announced',
    summary: 'Announces that a deleted call is terminating and terminated',
    settings: { announceDeletion: true },
  },
  {
    id: 'peer-to-peer-roster-empty',
    summary: 'Lists no participants for peer-to-peer calls instead of refusing',
    settings: { peerToPeerRoster: 'empty' },
  },
  {
    id: 'peer-to-peer-roster-readable',
    summary: 'Lists the participants of peer-to-peer calls',
    settings: { peerToPeerRoster: 'readable' },
  },
];
