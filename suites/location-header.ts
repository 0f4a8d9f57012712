import {
  answerRules,
  answersSatisfy,
  CouldNotRun,
  defineSuite,
  given,
  refusalSatisfies,
  refusalRules,
} from '../tools/graph/suite.ts';
import { refusals } from './refusals.ts';

const { suite, check } = defineSuite('location-header');

check('location.present', 'sends one Location header', answersSatisfy(answerRules.locationPresent));

check('location.call', 'names this call in Location', answersSatisfy(answerRules.locationCall));

check(
  'location.operation',
  'names the operation that the body describes',
  answersSatisfy(answerRules.locationOperation),
);

check('location.absolute', 'gives an absolute URL', answersSatisfy(answerRules.locationAbsolute));

check('location.version', 'names the same API version', answersSatisfy(answerRules.locationVersion));

check('location.origin', 'names its own origin', answersSatisfy(answerRules.locationOrigin));

check(
  'location.resolves',
  'answers a GET of the operation with the same operation',
  { sharesCall: true },
  async (context) => {
    const answer = await given(context.groupCall.mute());
    if (answer.location.value === '') throw new CouldNotRun('the answer has no Location header to look at');
    const read = await context.groupCall.followLocation(answer.location);
    context.expect(read).toHaveStatus(200);
    context.expect(read.members['id'], 'the id of the operation that was read').toBeSameId(answer.operationId);
  },
);

for (const refusal of refusals) {
  const { mistake } = refusal;
  // The first is older than the others.
  const [title, options] =
    mistake === 'broken JSON'
      ? ['names no operation when it refuses', {}]
      : [`names no operation when it refuses ${mistake}`, { since: 'call-mute/2026-11' as const }];
  check('location.absent-on-error', title, options, refusalSatisfies(refusalRules.noLocation, refusal));
}

export default suite;
