import {
  type Answer,
  type CaseContext,
  control,
  CouldNotRun,
  defineSuite,
  given,
  hasVersion,
  NotApplicable,
  refused,
  sameId,
  shown,
} from '../tools/graph/suite.ts';
import { cutOff } from './broken-json.ts';
import { jsonText } from './mistakes.ts';
import { refusals } from './refusals.ts';

const { suite, check } = defineSuite('location-header');

/** A mute whose answer has a Location to look at; that it is there is a promise of its own. */
async function muteWithLocation({ groupCall }: CaseContext): Promise<Answer> {
  const answer = await given(groupCall.mute());
  if (answer.location.value === '') throw new CouldNotRun('the answer has no Location header to look at');
  return answer;
}

/** Location names that call or operation; where it names none, the header is shown. */
function expectInLocation(
  { demand }: CaseContext,
  thing: string,
  { value }: Answer['location'],
  named: string | undefined,
  expected: string,
): void {
  demand(
    named !== undefined && sameId(named, expected),
    `the ${thing} in Location to be ${expected}`,
    named === undefined ? `there is none: Location is ${shown(value)}` : `it is ${shown(named)}`,
  );
}

check('location.present', 'sends one Location header', async ({ groupCall, expect }) => {
  const { location } = await given(groupCall.mute());
  expect(location.values.length, 'the number of Location headers').toBe(1);
  expect(location.value, 'the Location header').toBePresent();
});

check('location.call', 'names this call in Location', async (context) => {
  const { location } = await muteWithLocation(context);
  expectInLocation(context, 'call', location, location.callId, context.groupCall.id);
});

check('location.operation', 'names the operation that the body describes', async (context) => {
  const answer = await muteWithLocation(context);
  const { location, operationId } = answer;
  expectInLocation(context, 'operation', location, location.operationId, operationId);
});

check('location.absolute', 'gives an absolute URL', async (context) => {
  const { location } = await muteWithLocation(context);
  context.expect(location.value, 'Location').toMatch(/^https?:\/\/[^/]+\//i, 'to be an absolute http(s) URL');
});

check('location.version', 'names the same API version', async (context) => {
  if (!hasVersion(context.target.baseUrl)) {
    throw new NotApplicable('condition', 'the base URL of the target has no version in its path');
  }
  const { location } = await muteWithLocation(context);
  const version = context.target.apiVersion.replace('.', '\\.');
  context
    .expect(location.value, 'Location')
    .toMatch(new RegExp(`(^|/)${version}/`), `to contain /${context.target.apiVersion}/`);
});

check('location.origin', 'names its own origin', async (context) => {
  const { location } = await muteWithLocation(context);
  const { origin } = new URL(context.target.baseUrl);
  // A relative reference is one to the origin of the request (RFC 9110, 10.2.2).
  context.expect(location.url?.origin ?? origin, 'the origin of Location').toBe(origin);
});

check('location.resolves', 'answers a GET of the operation with the same operation', async (context) => {
  const answer = await muteWithLocation(context);
  const read = await context.groupCall.followLocation(answer.location);
  context.expect(read).toHaveStatus(200);
  context.expect(read.members['id'], 'the id of the operation that was read').toBeSameId(answer.operationId);
});

check('location.absent-on-error', 'names no operation when it refuses', async ({ groupCall, expect }) => {
  const brokenJson = groupCall.mute({ body: jsonText(cutOff) });
  const refusal = await refused(brokenJson, 'broken JSON', 'body.malformed');
  expect(refusal.location.operationId, 'the operation in the Location header of a refusal').toBe(undefined);
  await given(groupCall.mute());
});

for (const { mistake, requirement, request } of refusals) {
  // The check above asks this of broken JSON; it is older than the others.
  if (mistake === 'broken JSON') continue;
  check(
    'location.absent-on-error',
    `names no operation when it refuses ${mistake}`,
    { since: 'call-mute/2026-11' },
    async (context) => {
      const refusal = await refused(request(context), mistake, requirement);
      context.expect(refusal.location.operationId, 'the operation in the Location header of a refusal').toBe(undefined);
      await control(context.groupCall.mute());
    },
  );
}

export default suite;
