import {
  answerOrCrash,
  answerRules,
  answerSeen,
  answersSatisfy,
  controlOn,
  defineSuite,
  given,
  mistakeSatisfies,
  mistakeRules,
} from '../tools/graph/suite.ts';
import { mistakes } from './mistakes.ts';
import { otherMethods } from './refusals.ts';

const { suite, check } = defineSuite('status-codes');

check(
  'status.success',
  'answers a valid mute of a group call with 200',
  answersSatisfy(answerRules.statusSuccess, {
    ask: async (context) => {
      const { groupCall } = context;
      answerRules.statusSuccess.judge(answerSeen(groupCall, await groupCall.mute()), context);
    },
  }),
);

check('status.unknown-call', 'does not find a call that never existed', { sharesCall: true }, async (context) => {
  const refusal = await context.muteMistakenly({ of: 'unknown call' });
  context.expect(refusal).toHaveStatus(404);
  await controlOn(context.groupCall);
});

check('status.ended-call', 'does not find a call that was deleted', { sharesCall: true }, async (context) => {
  const { groupCall, otherGroupCall } = context;
  await given(otherGroupCall.end());
  const refusal = await otherGroupCall.mute();
  context.expect(refusal).toHaveStatus(404);
  await controlOn(groupCall);
});

check('status.malformed-call-id', 'refuses a call id of the wrong form', { sharesCall: true }, async (context) => {
  const refusal = await context.muteMistakenly({ of: 'malformed call id' });
  context.expect(refusal).toHaveStatus(400, 404);
  await controlOn(context.groupCall);
});

for (const { name, options = {}, maybeUnserved = false, mute } of mistakes) {
  check(
    'status.never-5xx',
    `does not answer ${name} with 5xx`,
    { ...options, sharesCall: true },
    mistakeSatisfies(mistakeRules.noServerError, name, mute, async (context, mistaken) => {
      const answer = await answerOrCrash(
        () => context.muteMistakenly(mistaken),
        () => context.otherGroupCall.mute(),
        context.demand,
      );
      mistakeRules.noServerError.judge({ answer, maybeUnserved }, context);
    }),
  );
}

for (const [method, { tried }] of Object.entries(otherMethods)) {
  check('method.refused', `does not mute on ${method}`, { waits: true }, async (context) => {
    const mute = await tried(context);
    context.expect(await mute.answer()).not.toSucceed();
    await mute.noMuteReported();
    await mute.listedUnmuted();
    await mute.controlTakesEffect();
  });

  check('method.405', `answers ${method} with 405`, { waits: true }, async (context) => {
    const mute = await tried(context);
    context.expect(await mute.answer()).toHaveStatus(405);
    await mute.control();
  });
}

check(
  'path.communications',
  'serves /communications/calls/{id}/mute',
  { paths: 'communications', sharesCall: true },
  async (context) => {
    const answer = await context.groupCall.mute();
    context.expect(answer).toSucceed();
  },
);

check('path.app', 'serves /app/calls/{id}/mute', { paths: 'app', sharesCall: true }, async ({ groupCall, expect }) => {
  const answer = await groupCall.mute();
  expect(answer).toSucceed();
});

check(
  'path.app-undeclared',
  'serves /app/calls/{id}/mute although nobody declared it',
  { paths: 'communications', since: 'call-mute/2026-11' },
  async (context) => {
    const { served, found } = await context.lookAtUndeclaredApp();
    context.demand(
      served,
      'POST /app/calls/{id}/mute to be served as on /communications',
      found,
      'Serve the alias, or say capabilities: {app: false} in the target file; all else of /app is left out.',
    );
  },
);

check(
  'path.qualified-action',
  'serves …/microsoft.graph.mute',
  { sharesCall: true },
  async ({ groupCall, muteAnyway, expect, note }) => {
    const answer = await groupCall.mute({ segment: 'microsoft.graph.mute' });
    note(`answered ${answer.status}`);
    expect(answer).toSucceed();
    await controlOn(groupCall, () => muteAnyway(groupCall));
  },
);

export default suite;
