import { controlOn, controlTakesEffect, defineSuite, expectNotMuted, owedRefusalRules } from '../tools/graph/suite.ts';
import { brokenJson } from './broken-json.ts';
import { jsonText, notObjects, oneMebibyte } from './mistakes.ts';

const { suite, check } = defineSuite('request-body', { sharesCall: true });

for (const { name, body, options = {} } of brokenJson) {
  check('body.malformed', `refuses ${name}`, options, async (context) => {
    const { groupCall } = context;
    const answer = await groupCall.mute({ body: jsonText(body) });
    owedRefusalRules.malformedBody.judge({ answer }, context);
    await controlOn(groupCall);
  });
}

for (const [name, json] of Object.entries(notObjects)) {
  check('body.not-an-object', `refuses ${name} as the body`, async (context) => {
    const { groupCall } = context;
    const answer = await groupCall.mute({ body: { json } });
    owedRefusalRules.notAnObject.judge({ answer }, context);
    await controlOn(groupCall);
  });
}

check('body.empty-object', 'accepts {}', async ({ groupCall, muteAnyway, expect }) => {
  const answer = await groupCall.mute({ body: { json: {} } });
  expect(answer).toSucceed();
  await controlOn(groupCall, () => muteAnyway(groupCall));
});

check('body.null-context', 'accepts null as clientContext', async ({ groupCall, muteAnyway, expect }) => {
  const answer = await groupCall.mute({ clientContext: null });
  expect(answer).toSucceed();
  await controlOn(groupCall, () => muteAnyway(groupCall));
});

check(
  'body.empty',
  'answers an empty body with 200 or a refusal that does not mute',
  { waits: true, sharesCall: false },
  async ({ groupCall, demand, note }) => {
    const answer = await groupCall.mute({ body: jsonText('') });
    note(`answered ${answer.status}`);
    demand(
      answer.status === 200 || (answer.status >= 400 && answer.status < 500),
      'status 200 or a 4xx',
      `${answer.request} was answered ${answer.status}`,
    );
    if (answer.status === 200) return;
    await expectNotMuted(groupCall);
    await controlTakesEffect(groupCall);
  },
);

check('body.unknown-property', 'accepts a property that it does not know', async ({ groupCall, expect, note }) => {
  const answer = await groupCall.mute({ body: { json: { clientContext: 'known', unknownProperty: 1 } } });
  note(`answered ${answer.status}`);
  expect(answer).toSucceed();
});

check('body.too-large', 'refuses a body of 1 MiB', async ({ groupCall, expect }) => {
  const refusal = await groupCall.mute({ body: oneMebibyte() });
  expect(refusal).toBeRefused();
  await controlOn(groupCall);
});

export default suite;
