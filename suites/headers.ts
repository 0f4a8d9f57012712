import { answerRules, defineSuite, given } from '../tools/graph/suite.ts';

const { suite, check } = defineSuite('headers');

check('header.request-id', 'sends a request-id', async (context) => {
  answerRules.requestId.judge({ answer: await given(context.groupCall.mute()) }, context);
});

check('header.client-request-id', 'echoes the client-request-id', async (context) => {
  answerRules.clientRequestId.judge({ answer: await given(context.groupCall.mute()) }, context);
});

export default suite;
