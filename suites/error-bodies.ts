import { type Answer, type CaseContext, check, control, CouldNotRun, suite } from '../tools/runner/suite.ts';
import { basicCredentials, jsonText } from './mistakes.ts';
import { repeatsToken } from './repeated-token.ts';

suite('error-bodies');

/** One refusal of each kind, by the status that it is expected to have. */
const refusals: Readonly<Record<string, (context: CaseContext) => Promise<Answer>>> = {
  'broken JSON': ({ groupCall }) => groupCall.mute({ body: jsonText('{"clientContext": "cut off') }),
  'a body that is no object': ({ groupCall }) => groupCall.mute({ body: { json: [] } }),
  'a clientContext that is no string': ({ groupCall }) => groupCall.mute({ clientContext: 1 }),
  'a missing Authorization header': ({ groupCall }) => groupCall.mute({ authorization: null }),
  'another authentication scheme': ({ groupCall }) => groupCall.mute({ authorization: basicCredentials }),
  'an unknown call': (context) => context.muteCallId(context.uuid('unknown call')),
  GET: ({ groupCall }) => groupCall.mute({ method: 'GET', body: 'none' }),
  'an unsupported media type': ({ groupCall }) => groupCall.mute({ contentType: 'text/plain' }),
  'a peer-to-peer call': ({ peerToPeerCall }) => peerToPeerCall.mute(),
};

/** @throws CouldNotRun when the mistake was not refused: another requirement judges that */
async function refused(name: string, request: Promise<Answer>): Promise<Answer> {
  const answer = await request;
  if (answer.status < 400)
    throw new CouldNotRun(`${name} was answered ${answer.status}, so that there is no refusal to look at`);
  return answer;
}

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
