import {
  CouldNotRun,
  defineSuite,
  entryOf,
  rosterEntries,
  rosterResources,
  sameId,
  shown,
} from '../tools/graph/suite.ts';

const { suite, check } = defineSuite('concurrency', { waits: true });

check(
  'concurrency.same-call',
  'answers 20 mutes of one call at once each for itself',
  async ({ groupCall, uuid, expect, demand }) => {
    await groupCall.ready();
    const contexts = Array.from({ length: 20 }, (_, index) => `${index} of 20 at once`);
    const answers = await Promise.all(contexts.map((clientContext) => groupCall.mute({ clientContext })));
    for (const answer of answers) expect(answer).notToBeServerError();
    const successes = answers.filter(({ status }) => status === 200);
    if (successes.length === 0) throw new CouldNotRun('none of the 20 mutes was answered 200');
    for (const [index, answer] of answers.entries()) {
      if (answer.status === 200) expect(answer).toEchoClientContext(contexts[index] ?? uuid('none'));
    }
    const ids = successes.map(({ operationId }) => operationId);
    const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
    demand(repeated === undefined, 'an id of its own for each mute', `several have ${shown(repeated)}`);
  },
);

check(
  'concurrency.many-calls',
  'keeps 10 calls that are muted at once apart',
  async ({ groupCalls, expect, demand }) => {
    const calls = await Promise.all(groupCalls(10).map((call) => call.ready()));
    const contexts = calls.map((_, index) => `call ${index} of 10 at once`);
    const answers = await Promise.all(calls.map((call, index) => call.mute({ clientContext: contexts[index] })));
    const successes = calls.flatMap((call, index) => {
      const answer = answers[index];
      return answer?.succeeded ? [{ call, answer, clientContext: contexts[index] ?? '' }] : [];
    });
    if (successes.length < 2) throw new CouldNotRun('fewer than two of the 10 mutes succeeded');
    for (const { call, answer, clientContext } of successes) {
      expect(answer).toEchoClientContext(clientContext);
      if (answer.location.callId !== undefined)
        expect(answer.location.callId, 'the call in Location').toBeSameId(call.id);
    }
    await Promise.all(successes.map(({ call }) => call.ownDelivery(true)));
    for (const { call } of successes) {
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
      successes.every(({ call }, index) =>
        successes.every((other, at) => at === index || !sameId(other.call.id, call.id)),
      ),
      'ten calls with ids of their own',
      'two calls share an id',
    );
    if (successes.every(({ answer }) => answer.location.callId === undefined)) {
      throw new CouldNotRun('no answer names its call in Location (see location.call), so that it cannot be compared');
    }
  },
);

export default suite;
