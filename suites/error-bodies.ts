import { CouldNotRun, defineSuite, refusalSatisfies, refusalRules, refused } from '../tools/graph/suite.ts';
import { validToken } from './mistakes.ts';
import { brokenJson, refusals } from './refusals.ts';

const { suite, check } = defineSuite('error-bodies', { sharesCall: true });

for (const refusal of refusals) {
  const { mistake } = refusal;
  check(
    'error.body',
    `explains the refusal of ${mistake} in an error object`,
    refusalSatisfies(refusalRules.body, refusal),
  );

  check(
    'error.content-type',
    `declares the refusal of ${mistake} as JSON`,
    refusalSatisfies(refusalRules.contentType, refusal),
  );

  check(
    'error.inner-error',
    `says when and for which request it refused ${mistake}`,
    refusalSatisfies(refusalRules.innerError, refusal),
  );

  check(
    'error.no-secret',
    `does not repeat the token when it refuses ${mistake}`,
    refusalSatisfies(refusalRules.noSecret, refusal),
  );
}

check(
  'error.no-secret',
  'does not repeat a token that comes under another scheme',
  { since: 'call-mute/2026-11' },
  refusalSatisfies(refusalRules.noSecret, {
    mistake: 'the token under another scheme',
    requirement: 'auth.scheme',
    mute: (context) => ({ authorization: `Token ${validToken(context)}` }),
  }),
);

check(
  'error.no-secret',
  'does not repeat a token that it does not accept',
  { needs: ['tokenValidation'], since: 'call-mute/2026-11' },
  refusalSatisfies(refusalRules.noSecret, {
    mistake: 'a wrong token',
    requirement: 'auth.invalid-token',
    mute: ({ uuid }) => ({ authorization: `Bearer ${uuid('wrong token')}` }),
  }),
);

check('error.stable-code', 'refuses the same mistake twice with the same code', { waits: true }, async (context) => {
  const { mistake, requirement, tried } = brokenJson;
  const mute = await tried(context);
  const codes: string[] = [];
  for (const answer of [mute.answer, mute.again]) {
    const { error } = (await refused(answer(), mistake, requirement)).members;
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (typeof code !== 'string' || code === '') {
      throw new CouldNotRun('the refusal of broken JSON has no code (see error.body) that could be compared');
    }
    codes.push(code);
  }
  context.expect(codes[1], 'the code of the second refusal').toBe(codes[0]);
  await mute.control();
});

export default suite;
