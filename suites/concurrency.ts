import {
  type Answer,
  type CaseContext,
  type CallUnderTest,
  CouldNotRun,
  defineSuite,
  entryOf,
  experiment,
  rosterEntries,
  rosterResources,
  sameId,
  shown,
} from '../tools/graph/suite.ts';

const { suite, check } = defineSuite('concurrency', { waits: true });

/** One of the mutes that are sent at once. */
interface MuteAtOnce {
  readonly call: CallUnderTest;
  readonly path: CaseContext['path'];
  readonly clientContext: string;
  readonly answer: Answer;
}

/** Mutes calls at once, on these paths by turns. */
function muteAtOnce(
  calls: readonly CallUnderTest[],
  paths: readonly CaseContext['path'][],
  contextOf: (index: number) => string,
): Promise<MuteAtOnce[]> {
  return Promise.all(
    calls.map(async (call, index) => {
      const path = paths[index % paths.length] ?? '/communications';
      const clientContext = contextOf(index);
      const answer = await call.mute({ clientContext, ...(path !== call.scope.path && { path }) });
      return { call, path, clientContext, answer };
    }),
  );
}

async function servedPaths({ isAppServed }: CaseContext): Promise<CaseContext['path'][]> {
  return (await isAppServed()) ? ['/communications', '/app'] : ['/communications'];
}

async function muteOneCall({ groupCall }: CaseContext, paths: readonly CaseContext['path'][]): Promise<MuteAtOnce[]> {
  const call = await groupCall.ready();
  const calls = Array.from({ length: 20 }, () => call);
  // The last ones have the clientContext of the first: an id that is made of it comes twice.
  return muteAtOnce(calls, paths, (index) => `${index % 18} of 20 at once`);
}

const mutesOfOneCall = experiment(
  '20 mutes of one call at once',
  async (context, step) => ({
    mutes: await step(async () => muteOneCall(context, await servedPaths(context))),
  }),
  { ofBothPaths: true },
);

check('concurrency.same-call', 'answers 20 mutes of one call at once each for itself', async (context) => {
  const { path, expect, demand } = context;
  const ofBothPaths = await (await mutesOfOneCall(context)).mutes();
  // Where mutes of what is muted are refused (fact 63), one of them all succeeds: on this path perhaps none.
  const isShown = ofBothPaths.some((mute) => mute.path === path && mute.answer.status === 200);
  const mutes = isShown ? ofBothPaths : await muteOneCall(context, [path]);
  const own = mutes.filter((mute) => mute.path === path);
  for (const { answer } of own) expect(answer).not.toBeServerError();
  const successes = own.filter(({ answer }) => answer.status === 200);
  if (successes.length === 0) throw new CouldNotRun(`none of the ${own.length} mutes was answered 200`);
  for (const { answer, clientContext } of successes) expect(answer).toEchoClientContext(clientContext);
  const ofAnother = ({ answer }: MuteAtOnce) =>
    mutes.some(
      (other) =>
        other.answer !== answer && other.answer.status === 200 && other.answer.operationId === answer.operationId,
    );
  const repeated = successes.find(ofAnother);
  demand(
    repeated === undefined,
    'an id of its own for each mute',
    `several have ${shown(repeated?.answer.operationId)}`,
  );
});

const mutesOfManyCalls = experiment(
  'mutes of 10 calls at once',
  async (context, step) => {
    const mutes = await step(async () => {
      const calls = await Promise.all(context.groupCalls(10).map((call) => call.ready()));
      return muteAtOnce(calls, await servedPaths(context), (index) => `call ${index} of 10 at once`);
    });
    /** Those that succeeded, when their updates have come. */
    const announced = await step(async () => {
      const successes = mutes.result().filter(({ answer }) => answer.succeeded);
      await Promise.all(successes.map(({ call }) => call.callback.ownDelivery(true)));
      return successes;
    });
    return { mutes, announced };
  },
  { ofBothPaths: true },
);

check('concurrency.many-calls', 'keeps 10 calls that are muted at once apart', async (context) => {
  const { path, expect, demand } = context;
  const experimented = await mutesOfManyCalls(context);
  const calls = (await experimented.mutes()).map(({ call }) => call);
  const successes = await experimented.announced();
  const own = successes.filter((mute) => mute.path === path);
  if (own.length < 2) throw new CouldNotRun('fewer than two of the 10 mutes succeeded');
  for (const { call, answer, clientContext } of own) {
    expect(answer).toEchoClientContext(clientContext);
    if (answer.location.callId !== undefined)
      expect(answer.location.callId, 'the call in Location').toBeSameId(call.id);
  }
  for (const { call } of own) {
    const others = calls.filter((other) => other !== call);
    const strange = call.rosterDeliveries().find(({ json }) => {
      const entries = rosterEntries(json);
      const named = rosterResources(json).flatMap(({ callId }) => callId ?? []);
      return others.some(
        (other) =>
          named.some((callId) => sameId(callId, other.id)) ||
          (other.own.participantId !== undefined && entryOf(other, entries) !== undefined),
      );
    });
    demand(
      strange === undefined,
      'only the call itself and its own participants at its callback',
      `this came: ${shown(strange?.body)}`,
    );
  }
  demand(
    own.every(({ call }) => successes.every((other) => other.call === call || !sameId(other.call.id, call.id))),
    'ten calls with ids of their own',
    'two calls share an id',
  );
  if (own.every(({ answer }) => answer.location.callId === undefined)) {
    throw new CouldNotRun('no answer names its call in Location (see location.call), so it cannot be compared');
  }
});

export default suite;
