/** Mutes that are to be refused, for the promises about what a refusal says. */
import type { Answer, CaseContext, RequirementId } from '../tools/graph/suite.ts';
import { cutOff } from './broken-json.ts';
import { basicCredentials, jsonText } from './mistakes.ts';

export interface Refusal {
  /** As the object of “the refusal of”. */
  readonly mistake: string;
  /** What says how the mistake is to be answered. */
  readonly requirement: RequirementId;
  readonly request: (context: CaseContext) => Promise<Answer>;
}

/** One refusal of each kind. */
export const refusals: readonly Refusal[] = [
  {
    mistake: 'broken JSON',
    requirement: 'body.malformed',
    request: ({ groupCall }) => groupCall.mute({ body: jsonText(cutOff) }),
  },
  {
    mistake: 'a body that is no object',
    requirement: 'body.not-an-object',
    request: ({ groupCall }) => groupCall.mute({ body: { json: [] } }),
  },
  {
    mistake: 'a clientContext that is no string',
    requirement: 'context.type',
    request: ({ groupCall }) => groupCall.mute({ clientContext: 1 }),
  },
  {
    mistake: 'a missing Authorization header',
    requirement: 'auth.missing',
    request: ({ groupCall }) => groupCall.mute({ authorization: null }),
  },
  {
    mistake: 'another authentication scheme',
    requirement: 'auth.scheme',
    request: ({ groupCall }) => groupCall.mute({ authorization: basicCredentials }),
  },
  {
    mistake: 'an unknown call',
    requirement: 'status.unknown-call',
    request: (context) => context.muteCallId(context.uuid('unknown call')),
  },
  {
    mistake: 'GET',
    requirement: 'method.refused',
    request: ({ groupCall }) => groupCall.mute({ method: 'GET', body: 'none' }),
  },
  {
    mistake: 'an unsupported media type',
    requirement: 'content-type.unsupported',
    request: ({ groupCall }) => groupCall.mute({ contentType: 'text/plain' }),
  },
  {
    mistake: 'a peer-to-peer call',
    requirement: 'group.peer-to-peer-refused',
    request: ({ peerToPeerCall }) => peerToPeerCall.mute(),
  },
];
