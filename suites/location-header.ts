import {
  answerRules,
  answerSeen,
  type CaseContext,
  control,
  CouldNotRun,
  defineSuite,
  given,
  type MuteAnswered,
  refusalRules,
  refused,
  type Rule,
} from '../tools/graph/suite.ts';
import { cutOff } from './broken-json.ts';
import { jsonText } from './mistakes.ts';
import { refusals } from './refusals.ts';

const { suite, check } = defineSuite('location-header');

/** A mute whose answer keeps one rule. */
const onMute = (rule: Rule<MuteAnswered>) => async (context: CaseContext) => {
  const { groupCall } = context;
  rule.judge(answerSeen(groupCall, await given(groupCall.mute())), context);
};

check('location.present', 'sends one Location header', onMute(answerRules.locationPresent));

check('location.call', 'names this call in Location', onMute(answerRules.locationCall));

check('location.operation', 'names the operation that the body describes', onMute(answerRules.locationOperation));

check('location.absolute', 'gives an absolute URL', onMute(answerRules.locationAbsolute));

check('location.version', 'names the same API version', onMute(answerRules.locationVersion));

check('location.origin', 'names its own origin', onMute(answerRules.locationOrigin));

check('location.resolves', 'answers a GET of the operation with the same operation', async (context) => {
  const answer = await given(context.groupCall.mute());
  if (answer.location.value === '') throw new CouldNotRun('the answer has no Location header to look at');
  const read = await context.groupCall.followLocation(answer.location);
  context.expect(read).toHaveStatus(200);
  context.expect(read.members['id'], 'the id of the operation that was read').toBeSameId(answer.operationId);
});

check('location.absent-on-error', 'names no operation when it refuses', async (context) => {
  const { groupCall } = context;
  const brokenJson = groupCall.mute({ body: jsonText(cutOff) });
  const refusal = await refused(brokenJson, 'broken JSON', 'body.malformed');
  refusalRules.noLocation.judge({ answer: refusal, token: undefined }, context);
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
      refusalRules.noLocation.judge({ answer: refusal, token: undefined }, context);
      await control(context.groupCall.mute());
    },
  );
}

export default suite;
