import { defineSuite, given } from '../tools/graph/suite.ts';

const { suite, check } = defineSuite('headers');

check('header.request-id', 'sends a request-id', async ({ groupCall, expect }) => {
  const answer = await given(groupCall.mute());
  expect(answer.http.header('request-id')[0], 'request-id').toBePresent();
});

check('header.client-request-id', 'echoes the client-request-id', async ({ groupCall, expect }) => {
  const answer = await given(groupCall.mute());
  expect(answer.http.header('client-request-id')[0], 'client-request-id').toBeSameId(answer.clientRequestId);
});

export default suite;
