/** Mutes that are to be refused, for the promises about what a refusal says. */
import type { MistakenMute, MuteToRefuse, RequirementId } from '../tools/graph/suite.ts';
import { cutOff } from './broken-json.ts';
import { basicCredentials, jsonText } from './mistakes.ts';

const oneOfEach: readonly [mistake: string, requirement: RequirementId, mute: MistakenMute][] = [
  ['broken JSON', 'body.malformed', { body: jsonText(cutOff) }],
  ['a body that is no object', 'body.not-an-object', { body: { json: [] } }],
  ['a clientContext that is no string', 'context.type', { clientContext: 1 }],
  ['a missing Authorization header', 'auth.missing', { authorization: null }],
  ['another authentication scheme', 'auth.scheme', { authorization: basicCredentials }],
  ['an unknown call', 'status.unknown-call', { of: 'unknown call' }],
  ['GET', 'method.refused', { method: 'GET', body: 'none' }],
  ['an unsupported media type', 'content-type.unsupported', { contentType: 'text/plain' }],
  ['a peer-to-peer call', 'group.peer-to-peer-refused', { of: 'peer-to-peer call' }],
];

/** One refusal of each kind. */
export const refusals: readonly MuteToRefuse[] = oneOfEach.map(([mistake, requirement, mute]) => ({
  mistake,
  requirement,
  mute: () => mute,
}));
