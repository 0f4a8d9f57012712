import { check, control, suite } from '../tools/runner/suite.ts';
import { jsonText } from './mistakes.ts';
import { refusals, refused } from './refusals.ts';
import { repeatsToken } from './repeated-token.ts';

suite('error-bodies');

for (const [name, refuse] of Object.entries(refusals)) {
  check('error.body', `explains the refusal of ${name} in an error object`, async (context) => {
    const refusal = await refused(name, refuse(context));
    context.expect(refusal.problems('error')).toKeep('error.body', 'one error object with non-empty code and message');
    await control(context.groupCall.mute());
  });

  check('error.content-type', `declares the refusal of ${name} as JSON`, async (context) => {
    const refusal = await refused(name, refuse(context));
    context
      .expect(refusal.mediaType, 'the media type of the refusal')
      .toMatch(/^application\/(.+\+)?json$/, 'to be JSON');
    await control(context.groupCall.mute());
  });

  check('error.inner-error', `says when and for which request it refused ${name}`, async (context) => {
    const refusal = await refused(name, refuse(context));
    context.expect(refusal.problems('error')).toKeep('error.inner-error', 'innerError with date and request-id');
    await control(context.groupCall.mute());
  });

  check('error.no-secret', `does not repeat the token when it refuses ${name}`, async (context) => {
    const refusal = await refused(name, refuse(context));
    const { token } = context.target;
    const repeats = token !== undefined && repeatsToken(refusal.http.text, token);
    context.demand(!repeats, 'a refusal without the bearer token of the request', 'the token stands in its body');
    await control(context.groupCall.mute());
  });
}

check('error.stable-code', 'refuses the same mistake twice with the same code', async ({ groupCall, expect }) => {
  const codes: unknown[] = [];
  for (const _ of ['first', 'second']) {
    const refusal = await refused('broken JSON', groupCall.mute({ body: jsonText('{"clientContext": "cut off') }));
    const { error } = refusal.members;
    codes.push(typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined);
  }
  expect(codes[1], 'the code of the second refusal').toBe(codes[0]);
  await control(groupCall.mute());
});
