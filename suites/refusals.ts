/** Mutes that are to be refused, for the promises about what a refusal says. */
import { type Answer, type CaseContext, CouldNotRun } from '../tools/runner/suite.ts';
import { basicCredentials, jsonText } from './mistakes.ts';

/** One refusal of each kind, by its name as the object of “refuses …”. */
export const refusals: Readonly<Record<string, (context: CaseContext) => Promise<Answer>>> = {
  'broken JSON': ({ groupCall }) => groupCall.mute({ body: jsonText('{"clientContext": "cut off') }),
  'a body that is no object': ({ groupCall }) => groupCall.mute({ body: { json: [] } }),
  'a clientContext that is no string': ({ groupCall }) => groupCall.mute({ clientContext: 1 }),
  'a missing Authorization header': ({ groupCall }) => groupCall.mute({ authorization: null }),
  'another authentication scheme': ({ groupCall }) => groupCall.mute({ authorization: basicCredentials }),
  'an unknown call': (context) => context.muteCallId(context.uuid('unknown call')),
  GET: ({ groupCall }) => groupCall.mute({ method: 'GET', body: 'none' }),
  'an unsupported media type': ({ groupCall }) => groupCall.mute({ contentType: 'text/plain' }),
  'a peer-to-peer call': ({ peerToPeerCall }) => peerToPeerCall.mute(),
};

/** @throws CouldNotRun when the mistake was not refused: another requirement judges that */
export async function refused(name: string, request: Promise<Answer>): Promise<Answer> {
  const answer = await request;
  if (answer.status < 400)
    throw new CouldNotRun(`${name} was answered ${answer.status}, so that there is no refusal to look at`);
  return answer;
}
