import type { Call, CallForm, IdentifierKind, Participant } from './call.ts';
import { isObject, type JsonObject } from '../engine/catalogue/json-value.ts';
import type { CallRegistry } from './call-registry.ts';
import { DeltaRoster } from './delta-roster.ts';
import type { Settings } from './settings.ts';

/** Members of the create request that the call repeats. */
const repeatedMembers = [
  'subject',
  'tenantId',
  'source',
  'targets',
  'requestedModalities',
  'mediaConfig',
  'chatInfo',
  'meetingInfo',
  'callOptions',
];

/** The kinds of identity that a roster can show (fact 45). */
const identityKinds = ['user', 'application', 'phone', 'guest', 'applicationInstance', 'encrypted', 'onPremises'];

/**
 * The kind of call that a create request asks for: meeting coordinates make a meeting, one target makes a
 * peer-to-peer call, more make a group call (fact 56).
 * @returns undefined when the request names nobody to talk to.
 */
export function requestedKind(body: JsonObject): CallForm | undefined {
  if (isObject(body.chatInfo) && isObject(body.meetingInfo)) return 'meeting';
  const targets = Array.isArray(body.targets) ? body.targets.length : 0;
  if (targets === 0) return undefined;
  return targets === 1 ? 'peerToPeer' : 'targets';
}

/** The callbackUri when it is one that can be called back: https (fact 51), or http on the loopback interface. */
export function acceptableCallbackUri(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const { protocol, hostname } = new URL(value);
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && loopback) ? value : undefined;
}

function identityOf(described: unknown, fallback: JsonObject): JsonObject {
  const identity = isObject(described) && isObject(described.identity) ? described.identity : {};
  const members = identityKinds.flatMap((kind) => {
    const known = identity[kind];
    if (!isObject(known) || typeof known.id !== 'string') return [];
    const displayName = typeof known.displayName === 'string' ? { displayName: known.displayName } : {};
    return [[kind, { '@odata.type': '#microsoft.graph.identity', id: known.id, ...displayName }]];
  });
  return {
    '@odata.type': '#microsoft.graph.identitySet',
    ...(members.length > 0 ? Object.fromEntries(members) : fallback),
  };
}

function identity(kind: string, id: string, displayName: string): JsonObject {
  return { [kind]: { '@odata.type': '#microsoft.graph.identity', id, displayName } };
}

/** Those who are in a conversation before the application joins: the targets, or a meeting's organizer and a guest. */
function initialParties(kind: CallForm, body: JsonObject, newId: () => string): JsonObject[] {
  if (kind === 'meeting') {
    const { organizer } = isObject(body.meetingInfo) ? body.meetingInfo : {};
    const host = identityOf({ identity: organizer }, identity('user', newId(), 'Organizer'));
    return [host, identityOf(undefined, identity('user', newId(), 'Attendee'))];
  }
  const targets: unknown[] = Array.isArray(body.targets) ? body.targets : [];
  return targets.map((target) => identityOf(target, identity('user', newId(), 'Participant')));
}

/**
 * Makes the call that the request asks for and adds it to the registry, in the state establishing; a further leg of a
 * known meeting joins that meeting's roster.
 */
export function addCall(
  body: JsonObject,
  applicationId: string,
  registry: CallRegistry,
  newId: (kind: IdentifierKind) => string,
  { joinsMuted, othersMuted }: Pick<Settings, 'joinsMuted' | 'othersMuted'>,
): Call {
  const kind = requestedKind(body) ?? 'targets';
  const { threadId } = kind === 'meeting' && isObject(body.chatInfo) ? body.chatInfo : {};
  const roster = registry.rosterOf(typeof threadId === 'string' ? threadId : undefined);
  const join = (joining: JsonObject, muted: boolean): Participant => ({
    id: newId('participant'),
    identity: joining,
    sourceId: String(roster.participants.length + 1),
    muted,
  });
  if (roster.participants.length === 0) {
    for (const party of initialParties(kind, body, () => newId('participant')))
      roster.participants.push(join(party, othersMuted));
  }
  const call: Call = {
    id: newId('call'),
    kind,
    callChainId: newId('call'),
    callbackUri: acceptableCallbackUri(body.callbackUri),
    roster,
    self: join(identityOf(body.source, identity('application', applicationId, 'Application')), joinsMuted),
    described: Object.fromEntries(repeatedMembers.flatMap((name) => (name in body ? [[name, body[name]]] : []))),
    operations: new Map(),
    delta: isObject(body.callOptions) && body.callOptions.isDeltaRosterEnabled === true ? new DeltaRoster() : undefined,
    state: 'establishing',
  };
  registry.add(call);
  return call;
}
