import { type Answer, type CaseContext, CouldNotRun, defineSuite, NotApplicable } from '../tools/graph/suite.ts';
import { cutOff } from './broken-json.ts';
import { basicCredentials, jsonText } from './mistakes.ts';

const { suite, check } = defineSuite('qualified-action');

/** The names of the action: with its namespace (fact 4), and plain. */
const qualified = 'microsoft.graph.mute';
const plain = 'mute';

interface Guard {
  /** As the object of “refuses …”. */
  readonly name: string;
  readonly make: (context: CaseContext, segment: string) => Promise<Answer>;
  readonly wanted: string;
  readonly isRefusal: (status: number) => boolean;
}

function guard(name: string, statuses: readonly number[], make: Guard['make']): Guard {
  return { name, make, wanted: `status ${statuses.join(' or ')}`, isRefusal: (status) => statuses.includes(status) };
}

const guards: readonly Guard[] = [
  guard('a missing Authorization header', [401], ({ groupCall }, segment) =>
    groupCall.mute({ segment, authorization: null }),
  ),
  guard('another authentication scheme', [401], ({ groupCall }, segment) =>
    groupCall.mute({ segment, authorization: basicCredentials }),
  ),
  guard('a missing Content-Type', [400, 415], ({ groupCall }, segment) =>
    groupCall.mute({ segment, contentType: null }),
  ),
  guard('text/plain', [400, 415], ({ groupCall }, segment) => groupCall.mute({ segment, contentType: 'text/plain' })),
  guard('broken JSON', [400], ({ groupCall }, segment) => groupCall.mute({ segment, body: jsonText(cutOff) })),
  guard('an array as the body', [400, 422], ({ groupCall }, segment) =>
    groupCall.mute({ segment, body: { json: [] } }),
  ),
  guard('a number as clientContext', [400, 422], ({ groupCall }, segment) =>
    groupCall.mute({ segment, clientContext: 1 }),
  ),
  {
    name: 'a peer-to-peer call',
    make: ({ peerToPeerCall }, segment) => peerToPeerCall.mute({ segment }),
    wanted: 'a 4xx status, but not 401, 408, 415 or 429, or status 501',
    isRefusal: (status) => status === 501 || (status >= 400 && status < 500 && ![401, 408, 415, 429].includes(status)),
  },
];

/**
 * The control, and the condition: a valid mute succeeds under the qualified name.
 * @throws NotApplicable where it does not: nobody has to serve that name
 */
async function qualifiedNameServed({ groupCall, muteAnyway }: CaseContext): Promise<void> {
  const answer = await muteAnyway(groupCall, { segment: qualified });
  answer.http.record.markAsControl();
  if (answer.succeeded) return;
  throw new NotApplicable('condition', `…/${qualified} is not served: a valid mute was answered ${answer.status}`);
}

for (const { name, make, wanted, isRefusal } of guards) {
  check('path.qualified-action-guarded', `refuses ${name} under the qualified name too`, async (context) => {
    const answer = await make(context, qualified);
    await qualifiedNameServed(context);
    const { status } = await make(context, plain);
    if (!isRefusal(status)) {
      throw new CouldNotRun(`${name} is not refused under the plain name either: it was answered ${status} there`);
    }
    context.demand(isRefusal(answer.status), wanted, `${answer.request} was answered ${answer.status}`);
  });
}

export default suite;
