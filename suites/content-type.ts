import { controlOn, defineSuite, owedRefusalRules, unsupportedTypes } from '../tools/graph/suite.ts';

const { suite, check } = defineSuite('content-type', { sharesCall: true });

check('content-type.required', 'refuses a body without Content-Type', async (context) => {
  const { groupCall } = context;
  const answer = await groupCall.mute({ contentType: null });
  owedRefusalRules.noContentType.judge({ answer }, context);
  await controlOn(groupCall);
});

for (const mediaType of unsupportedTypes) {
  check('content-type.unsupported', `refuses ${mediaType}`, async (context) => {
    const { groupCall } = context;
    const answer = await groupCall.mute({ contentType: mediaType });
    owedRefusalRules.unsupportedType.judge({ answer }, context);
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
