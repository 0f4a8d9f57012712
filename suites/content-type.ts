import { controlOn, defineSuite } from '../tools/graph/suite.ts';

const { suite, check } = defineSuite('content-type', { sharesCall: true });

check('content-type.required', 'refuses a body without Content-Type', async ({ groupCall, expect }) => {
  const refusal = await groupCall.mute({ contentType: null });
  expect(refusal).toHaveStatus(400, 415);
  await controlOn(groupCall);
});

for (const mediaType of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
  check('content-type.unsupported', `refuses ${mediaType}`, async ({ groupCall, expect }) => {
    const refusal = await groupCall.mute({ contentType: mediaType });
    expect(refusal).toHaveStatus(400, 415);
    await controlOn(groupCall);
  });
}

check('content-type.parameters', 'accepts application/json; charset=utf-8', async ({ groupCall, expect }) => {
  const answer = await groupCall.mute({ contentType: 'application/json; charset=utf-8' });
  expect(answer).toSucceed();
});

check('content-type.case', 'accepts Application/JSON', async ({ groupCall, muteAnyway, expect }) => {
  const answer = await groupCall.mute({ contentType: 'Application/JSON' });
  expect(answer).toSucceed();
  await controlOn(groupCall, () => muteAnyway(groupCall));
});

export default suite;
