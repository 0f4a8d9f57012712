/** Mutes that are to be refused: for the promises about what a refusal says, and about what it must not do. */
import {
  type CaseContext,
  type Experiment,
  type MistakenMute,
  type MoreOfMistake,
  type MuteToRefuse,
  type RefusedMute,
  refusedMute,
  type RequirementId,
} from '../tools/graph/suite.ts';
import { cutOff } from './broken-json.ts';
import { basicCredentials, jsonText } from './mistakes.ts';

export interface TriedMute extends MuteToRefuse {
  /** Tries it, and what it has no effect on; once for all cases that look at it. */
  readonly tried: Experiment<RefusedMute>;
}

function toRefuse(
  mistake: string,
  requirement: RequirementId,
  options: MistakenMute | ((context: CaseContext) => MistakenMute),
  more?: MoreOfMistake,
): TriedMute {
  const mute = typeof options === 'function' ? options : () => options;
  const refusal = { mistake, requirement, mute };
  return { ...refusal, tried: refusedMute(refusal, more) };
}

/** The name of the action with its namespace (fact 4), which what guards the plain one guards, too. */
export const qualified = 'microsoft.graph.mute';
const guarded: MoreOfMistake = { segment: qualified };
const compared: MoreOfMistake = { ...guarded, reads: 'before and after' };

export const brokenJson = toRefuse(
  'broken JSON',
  'body.malformed',
  { body: jsonText(cutOff) },
  { ...compared, isRepeated: true },
);
export const noObject = toRefuse('a body that is no object', 'body.not-an-object', { body: { json: [] } }, compared);
export const noString = toRefuse('a clientContext that is no string', 'context.type', { clientContext: 1 }, compared);
export const noContentType = toRefuse(
  'a missing Content-Type',
  'content-type.required',
  { contentType: null },
  { ...guarded, reads: 'never' },
);
export const unsupportedType = toRefuse(
  'an unsupported media type',
  'content-type.unsupported',
  { contentType: 'text/plain' },
  compared,
);
export const noAuthorization = toRefuse(
  'a missing Authorization header',
  'auth.missing',
  { authorization: null },
  { ...compared, control: 'long context' },
);
export const otherScheme = toRefuse(
  'another authentication scheme',
  'auth.scheme',
  { authorization: basicCredentials },
  { ...guarded, control: 'non-ASCII context' },
);
export const emptyToken = toRefuse(
  'Bearer without a token',
  'auth.empty',
  { authorization: 'Bearer ' },
  { control: 'charset' },
);
export const wrongToken = toRefuse(
  'a wrong token',
  'auth.invalid-token',
  ({ uuid }) => ({
    authorization: `Bearer ${uuid('wrong token')}`,
  }),
  { control: 'no context' },
);
export const unknownCall = toRefuse(
  'an unknown call',
  'status.unknown-call',
  { of: 'unknown call' },
  { reads: 'never', control: 'long context' },
);
export const peerToPeer = toRefuse(
  'a peer-to-peer call',
  'group.peer-to-peer-refused',
  { of: 'peer-to-peer call' },
  { ...compared, control: 'charset' },
);

/** By method; what has no body by its nature is sent without one. */
export const otherMethods = {
  GET: toRefuse(
    'GET',
    'method.refused',
    { method: 'GET', body: 'none' },
    { reads: 'before and after', control: 'non-ASCII context' },
  ),
  PUT: toRefuse('PUT', 'method.refused', { method: 'PUT' }, { control: 'non-ASCII context' }),
  PATCH: toRefuse('PATCH', 'method.refused', { method: 'PATCH' }, { control: 'no context' }),
  DELETE: toRefuse('DELETE', 'method.refused', { method: 'DELETE', body: 'none' }, { control: 'long context' }),
};

/** One refusal of each kind. */
export const refusals: readonly MuteToRefuse[] = [
  brokenJson,
  noObject,
  noString,
  noAuthorization,
  otherScheme,
  unknownCall,
  otherMethods.GET,
  unsupportedType,
  peerToPeer,
];
