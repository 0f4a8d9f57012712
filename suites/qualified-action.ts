import { type CaseContext, CouldNotRun, defineSuite, experiment, NotApplicable } from '../tools/graph/suite.ts';
import {
  brokenJson,
  noAuthorization,
  noContentType,
  noObject,
  noString,
  otherScheme,
  peerToPeer,
  qualified,
  type TriedMute,
  unsupportedType,
} from './refusals.ts';

const { suite, check } = defineSuite('qualified-action', { waits: true });

interface Guard {
  /** As the object of “refuses …”. */
  readonly name: string;
  readonly refusal: TriedMute;
  readonly wanted: string;
  readonly isRefusal: (status: number) => boolean;
}

function guard(name: string, statuses: readonly number[], refusal: TriedMute): Guard {
  return { name, refusal, wanted: `status ${statuses.join(' or ')}`, isRefusal: (status) => statuses.includes(status) };
}

const guards: readonly Guard[] = [
  guard('a missing Authorization header', [401], noAuthorization),
  guard('another authentication scheme', [401], otherScheme),
  guard('a missing Content-Type', [400, 415], noContentType),
  guard('text/plain', [400, 415], unsupportedType),
  guard('broken JSON', [400], brokenJson),
  guard('an array as the body', [400, 422], noObject),
  guard('a number as clientContext', [400, 422], noString),
  {
    name: 'a peer-to-peer call',
    refusal: peerToPeer,
    wanted: 'a 4xx status, but not 401, 408, 415 or 429, or status 501',
    isRefusal: (status) => status === 501 || (status >= 400 && status < 500 && ![401, 408, 415, 429].includes(status)),
  },
];

const qualifiedMute = experiment('a mute under the qualified name', async ({ groupCall }, step) => ({
  answer: await step(async () => {
    const answer = await groupCall.mute({ segment: qualified });
    answer.http.record.markAsControl();
    return answer;
  }),
}));

/**
 * The control, and the condition: a valid mute succeeds under the qualified name.
 * @throws NotApplicable where it does not: nobody has to serve that name
 */
async function qualifiedNameServed(context: CaseContext): Promise<void> {
  const answer = await (await qualifiedMute(context)).answer();
  if (answer.succeeded) return;
  throw new NotApplicable('condition', `…/${qualified} is not served: a valid mute was answered ${answer.status}`);
}

for (const { name, refusal, wanted, isRefusal } of guards) {
  check('path.qualified-action-guarded', `refuses ${name} under the qualified name too`, async (context) => {
    await qualifiedNameServed(context);
    const mute = await refusal.tried(context);
    const { status } = await mute.answer();
    if (!isRefusal(status)) {
      throw new CouldNotRun(
        `${name} is not refused under the plain name either: it was answered ${status} there (see ${refusal.requirement})`,
      );
    }
    let answer = await mute.otherwise();
    // What is muted already may be refused for that (fact 63): what is not counts.
    if (!isRefusal(answer.status) && !answer.succeeded) {
      answer = await context.muteMistakenly({ ...refusal.mute(context), segment: qualified });
    }
    context.demand(isRefusal(answer.status), wanted, `${answer.request} was answered ${answer.status}`);
  });
}

export default suite;
