import { isObject } from '../../engine/catalogue/json-value.ts';
import { entriesIn, type RosterEntry } from '../payloads/roster.ts';
import { callPath } from './call-path.ts';
import type { CallScope } from './call-scope.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { pathBehind } from '../location.ts';

/** More pages than the roster of any call has; a hostile target may have no last one. */
const pageLimit = 50;

/**
 * GETs …/participants of a call, with what is behind `@odata.nextLink`, each asked for at the target's own origin.
 * @returns undefined when any page is not answered with a readable collection
 * @throws CouldNotRun when there are too many pages, or a next page has no path to ask for
 */
export async function readParticipants(scope: CallScope, callId: string): Promise<RosterEntry[] | undefined> {
  const path = callPath('/communications', callId, 'participants');
  let entries: RosterEntry[] = [];
  let next: { readonly path: string; readonly below?: 'origin' } = { path };
  for (let page = 0; page < pageLimit; page += 1) {
    const { status, json } = await scope.send({ step: 'list participants', method: 'GET', ...next });
    const { value, '@odata.nextLink': nextLink }: Record<string, unknown> = isObject(json) ? json : {};
    if (status !== 200 || !Array.isArray(value)) return undefined;
    entries = entries.concat(entriesIn(value));
    if (typeof nextLink !== 'string') return entries;
    const nextPath = pathBehind(nextLink, scope.session.target.baseUrl + path);
    if (nextPath === undefined) {
      throw new CouldNotRun('the @odata.nextLink of GET …/participants has no path to ask for');
    }
    next = { path: nextPath, below: 'origin' };
  }
  throw new CouldNotRun(
    `GET …/participants has more than ${pageLimit} pages; does @odata.nextLink point to its own page?`,
  );
}
