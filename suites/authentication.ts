import {
  controlOn,
  CouldNotRun,
  defineSuite,
  type MuteOptions,
  NotApplicable,
  refused,
  type RequirementId,
} from '../tools/graph/suite.ts';
import { alterations } from './altered-token.ts';
import { validToken } from './mistakes.ts';
import { emptyToken, noAuthorization, otherScheme, type TriedMute, wrongToken } from './refusals.ts';

const { suite, check } = defineSuite('authentication', { sharesCall: true });

interface BadCredentials {
  readonly requirement: RequirementId;
  readonly name: string;
  readonly options: { needs?: ['tokenValidation'] };
  /** A mute with them, and what it has no effect on. */
  readonly tried: TriedMute['tried'];
}

const badCredentials: readonly BadCredentials[] = [
  {
    requirement: 'auth.missing',
    name: 'no Authorization header',
    options: {},
    tried: noAuthorization.tried,
  },
  {
    requirement: 'auth.scheme',
    name: 'another scheme',
    options: {},
    tried: otherScheme.tried,
  },
  {
    requirement: 'auth.empty',
    name: 'Bearer without a token',
    options: {},
    tried: emptyToken.tried,
  },
  {
    requirement: 'auth.invalid-token',
    name: 'a wrong token',
    options: { needs: ['tokenValidation'] },
    tried: wrongToken.tried,
  },
];

for (const { requirement, name, options, tried } of badCredentials) {
  check(requirement, `answers ${name} with 401`, { waits: true }, async (context) => {
    const mute = await tried(context);
    context.expect(await mute.answer()).toHaveStatus(401);
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
  readonly requirement: RequirementId;
  readonly name: string;
  readonly options: (token: string) => MuteOptions;
}[] = [
  { requirement: 'auth.scheme', name: 'under Basic', options: (token) => ({ authorization: `Basic ${token}` }) },
  { requirement: 'auth.scheme', name: 'under Token', options: (token) => ({ authorization: `Token ${token}` }) },
  { requirement: 'auth.scheme', name: 'without a scheme', options: (token) => ({ authorization: token }) },
  {
    requirement: 'auth.missing',
    name: 'in the query string alone',
    // As RFC 6750, section 2.3, names it; the page knows the header only.
    options: (token) => ({ authorization: null, query: `access_token=${encodeURIComponent(token)}` }),
  },
];

for (const { requirement, name, options } of otherWays) {
  check(requirement, `answers the valid token ${name} with 401`, { since: 'call-mute/2026-11' }, async (context) => {
    const refusal = await context.groupCall.mute(options(validToken(context)));
    context.expect(refusal).toHaveStatus(401);
    await controlOn(context.groupCall);
  });
}

for (const { name, alter } of alterations) {
  check('auth.invalid-token', `answers ${name} with 401`, { since: 'call-mute/2026-11' }, async (context) => {
    const altered = alter(validToken(context), context.uuid('more').replaceAll('-', ''));
    if (altered === undefined) throw new NotApplicable('condition', 'the token is too short, or has no letters');
    const refusal = await context.groupCall.mute({ authorization: `Bearer ${context.keepSecret(altered)}` });
    context.expect(refusal).toHaveStatus(401);
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
