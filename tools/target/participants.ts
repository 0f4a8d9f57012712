import { callPath } from './call-path.ts';
import type { CaseScope } from './case-scope.ts';
import { isObject } from '../contract/json-value.ts';
import { entriesIn, type RosterEntry } from '../contract/roster.ts';

/** GETs …/participants of a call. @returns undefined when that is not answered with a readable collection */
export async function readParticipants(scope: CaseScope, callId: string): Promise<RosterEntry[] | undefined> {
  const { status, json } = await scope.send({
    step: 'list participants',
    method: 'GET',
    path: callPath('/communications', callId, 'participants'),
  });
  const value = isObject(json) ? json['value'] : undefined;
  if (status !== 200 || !Array.isArray(value)) return undefined;
  return entriesIn(value);
}
