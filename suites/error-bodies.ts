import {
  type Answer,
  type CaseContext,
  control,
  CouldNotRun,
  defineSuite,
  NotApplicable,
  refusalRules,
  refused,
} from '../tools/graph/suite.ts';
import { cutOff } from './broken-json.ts';
import { jsonText } from './mistakes.ts';
import { refusals } from './refusals.ts';

const { suite, check } = defineSuite('error-bodies');

/** A refusal as the rules look at it, with the token that is not to be in it. */
const seen = (answer: Answer, token?: string) => ({ answer, token });

for (const { mistake, requirement, request } of refusals) {
  check('error.body', `explains the refusal of ${mistake} in an error object`, async (context) => {
    const refusal = await refused(request(context), mistake, requirement);
    refusalRules.body.judge(seen(refusal), context);
    await control(context.groupCall.mute());
  });

  check('error.content-type', `declares the refusal of ${mistake} as JSON`, async (context) => {
    const refusal = await refused(request(context), mistake, requirement);
    refusalRules.contentType.judge(seen(refusal), context);
    await control(context.groupCall.mute());
  });

  check('error.inner-error', `says when and for which request it refused ${mistake}`, async (context) => {
    const refusal = await refused(request(context), mistake, requirement);
    refusalRules.innerError.judge(seen(refusal), context);
    await control(context.groupCall.mute());
  });

  check('error.no-secret', `does not repeat the token when it refuses ${mistake}`, async (context) => {
    const refusal = await refused(request(context), mistake, requirement);
    refusalRules.noSecret.judge(seen(refusal, configuredToken(context)), context);
    await control(context.groupCall.mute());
  });
}

/** @throws NotApplicable when requests to this target carry no token */
function configuredToken({ target: { token } }: CaseContext): string {
  if (token === undefined) throw new NotApplicable('condition', 'requests to this target carry no bearer token');
  return token;
}

check(
  'error.no-secret',
  'does not repeat a token that comes under another scheme',
  { since: 'call-mute/2026-11' },
  async (context) => {
    const token = configuredToken(context);
    const request = context.groupCall.mute({ authorization: `Token ${token}` });
    const refusal = await refused(request, 'the token under another scheme', 'auth.scheme');
    refusalRules.noSecret.judge(seen(refusal, token), context);
    await control(context.groupCall.mute());
  },
);

check(
  'error.no-secret',
  'does not repeat a token that it does not accept',
  { needs: ['tokenValidation'], since: 'call-mute/2026-11' },
  async (context) => {
    const token = context.uuid('wrong token');
    const request = context.groupCall.mute({ authorization: `Bearer ${token}` });
    const refusal = await refused(request, 'a wrong token', 'auth.invalid-token');
    refusalRules.noSecret.judge(seen(refusal, token), context);
    await control(context.groupCall.mute());
  },
);

check('error.stable-code', 'refuses the same mistake twice with the same code', async ({ groupCall, expect }) => {
  const codes: string[] = [];
  for (const _ of ['first', 'second']) {
    const refusal = await refused(groupCall.mute({ body: jsonText(cutOff) }), 'broken JSON', 'body.malformed');
    const { error } = refusal.members;
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (typeof code !== 'string' || code === '') {
      throw new CouldNotRun('the refusal of broken JSON has no code (see error.body) that could be compared');
    }
    codes.push(code);
  }
  expect(codes[1], 'the code of the second refusal').toBe(codes[0]);
  await control(groupCall.mute());
});

export default suite;
