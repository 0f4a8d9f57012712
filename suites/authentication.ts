import {
  controlOn,
  CouldNotRun,
  defineSuite,
  type MuteOptions,
  NotApplicable,
  owedRefusalRules,
  type OwedRefusalRule,
  refused,
} from '../tools/graph/suite.ts';
import { alterations } from './altered-token.ts';
import { tokenInQuery, validToken } from './mistakes.ts';
import { emptyToken, noAuthorization, otherScheme, type TriedMute, wrongToken } from './refusals.ts';

const { suite, check } = defineSuite('authentication', { sharesCall: true });

interface BadCredentials {
  readonly rule: OwedRefusalRule;
  readonly name: string;
  readonly options: { needs?: ['tokenValidation'] };
  /** A mute with them, and what it has no effect on. */
  readonly tried: TriedMute['tried'];
}

const badCredentials: readonly BadCredentials[] = [
  {
    rule: owedRefusalRules.noAuthorization,
    name: 'no Authorization header',
    options: {},
    tried: noAuthorization.tried,
  },
  {
    rule: owedRefusalRules.otherScheme,
    name: 'another scheme',
    options: {},
    tried: otherScheme.tried,
  },
  {
    rule: owedRefusalRules.emptyToken,
    name: 'Bearer without a token',
    options: {},
    tried: emptyToken.tried,
  },
  {
    rule: owedRefusalRules.wrongToken,
    name: 'a wrong token',
    options: { needs: ['tokenValidation'] },
    tried: wrongToken.tried,
  },
];

for (const { rule, name, options, tried } of badCredentials) {
  const { requirement } = rule;
  check(requirement, `answers ${name} with 401`, { waits: true }, async (context) => {
    const mute = await tried(context);
    rule.judge({ answer: await mute.answer() }, context);
    await mute.control();
  });

  check(
    'auth.no-effect',
    `does not mute on ${name}`,
    { ...options, waits: true, sharesCall: false },
    async (context) => {
      context.groupCall.callback.refuseWithoutCallbacks();
      const mute = await tried(context);
      await refused(mute.answer(), name, requirement);
      await mute.noMuteReported();
      await mute.listedUnmuted();
      await mute.controlTakesEffect();
    },
  );

  check('auth.challenge', `challenges on ${name}`, { ...options, waits: true }, async (context) => {
    const mute = await tried(context);
    const refusal = await mute.answer();
    if (refusal.status !== 401) {
      throw new CouldNotRun(`${name} was answered ${refusal.status} (see ${requirement}), so there is no 401 to check`);
    }
    context.expect(refusal.http.header('www-authenticate')[0], 'WWW-Authenticate').toBePresent();
  });
}

/** The valid token, sent in another way than as `Authorization: Bearer …`. */
const otherWays: readonly {
  readonly rule: OwedRefusalRule;
  readonly name: string;
  readonly options: (token: string) => MuteOptions;
}[] = [
  {
    rule: owedRefusalRules.otherScheme,
    name: 'under Basic',
    options: (token) => ({ authorization: `Basic ${token}` }),
  },
  {
    rule: owedRefusalRules.otherScheme,
    name: 'under Token',
    options: (token) => ({ authorization: `Token ${token}` }),
  },
  { rule: owedRefusalRules.otherScheme, name: 'without a scheme', options: (token) => ({ authorization: token }) },
  {
    rule: owedRefusalRules.noAuthorization,
    name: 'in the query string alone',
    options: tokenInQuery,
  },
];

for (const { rule, name, options } of otherWays) {
  check(
    rule.requirement,
    `answers the valid token ${name} with 401`,
    { since: 'call-mute/2026-11' },
    async (context) => {
      const answer = await context.groupCall.mute(options(validToken(context)));
      rule.judge({ answer }, context);
      await controlOn(context.groupCall);
    },
  );
}

for (const { name, alter } of alterations) {
  check('auth.invalid-token', `answers ${name} with 401`, { since: 'call-mute/2026-11' }, async (context) => {
    const altered = alter(validToken(context), context.uuid('more').replaceAll('-', ''));
    if (altered === undefined) throw new NotApplicable('condition', 'the token is too short, or has no letters');
    const answer = await context.groupCall.mute({ authorization: `Bearer ${context.keepSecret(altered)}` });
    owedRefusalRules.wrongToken.judge({ answer }, context);
    await controlOn(context.groupCall);
  });
}

check(
  'auth.no-permission-check',
  'mutes for a token without the call permissions',
  async ({ groupCall, muteAnyway, target, expect }) => {
    const answer = await groupCall.mute({ authorization: `Bearer ${target.unprivilegedToken ?? ''}` });
    expect(answer).toSucceed();
    await controlOn(groupCall, () => muteAnyway(groupCall));
  },
);

export default suite;
