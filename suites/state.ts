import {
  type Answer,
  answerOrCrash,
  type CallUnderTest,
  type CaseContext,
  control,
  controlTakesEffect,
  defineSuite,
  entryOf,
  expectNotMuted,
  expectOthersUntouched,
  expectStaysMuted,
  given,
  listedOtherwise,
  NotApplicable,
  ownAsReported,
  refused,
  type RequirementId,
  type RosterEntry,
  shown,
  updatesComeAgain,
  walkMutes,
} from '../tools/graph/suite.ts';
import { jsonText } from './mistakes.ts';

const { suite, check } = defineSuite('state', { waits: true });

check('state.participants', 'lists the application as muted and the others as before', async (context) => {
  const { groupCall, expect } = context;
  await expectOthersUntouched(context, groupCall, listedOtherwise, 'GET …/participants to list the others as before');
  const { own } = await groupCall.roster();
  expect(own.isMuted, 'isMuted of the application’s own participant').toBe(true);
});

check('state.other-call', 'mutes no other call', async ({ groupCall, otherGroupCall }) => {
  await otherGroupCall.ready();
  await given(groupCall.mute());
  await expectNotMuted(otherGroupCall, groupCall);
  await controlTakesEffect(otherGroupCall);
});

check(
  'state.repeat',
  'answers a mute of what is muted with 200 and a new id',
  async ({ groupCall, expect, demand }) => {
    const first = await given(groupCall.mute());
    const again = await groupCall.mute();
    expect(again).toHaveStatus(200);
    demand(
      again.operationId !== first.operationId,
      'an id of its own for the second mute',
      `both have ${shown(first.operationId)}`,
    );
  },
);

check(
  'state.repeat-no-5xx',
  'does not answer a mute of what is muted with 5xx',
  async ({ groupCall, muteAnyway, expect, demand }) => {
    await given(groupCall.mute());
    const again = await answerOrCrash(
      () => groupCall.mute(),
      () => muteAnyway(groupCall),
      demand,
    );
    expect(again).notToBeServerError();
  },
);

check('state.stays-muted', 'stays muted after a mute', async ({ groupCall }) => {
  const comeAgain = await updatesComeAgain(groupCall);
  await given(groupCall.mute());
  await expectStaysMuted(groupCall, comeAgain);
});

check('state.stays-muted', 'stays muted after a repeated mute', async ({ groupCall }) => {
  const comeAgain = await updatesComeAgain(groupCall);
  await given(groupCall.mute());
  await groupCall.ownDelivery(true);
  await groupCall.mute();
  await expectStaysMuted(groupCall, comeAgain);
});

/** A mistake of each kind, and the promise that it is refused. */
const mistakes: readonly [name: string, refusedBy: RequirementId, make: (call: CallUnderTest) => Promise<Answer>][] = [
  ['broken JSON', 'body.malformed', (call) => call.mute({ body: jsonText('{"clientContext": "cut off') })],
  ['a body that is no object', 'body.not-an-object', (call) => call.mute({ body: { json: [] } })],
  ['a clientContext that is no string', 'context.type', (call) => call.mute({ clientContext: 1 })],
  ['a missing Authorization header', 'auth.missing', (call) => call.mute({ authorization: null })],
  ['an unsupported media type', 'content-type.unsupported', (call) => call.mute({ contentType: 'text/plain' })],
  ['GET', 'method.refused', (call) => call.mute({ method: 'GET', body: 'none' })],
];

for (const [name, refusedBy, make] of mistakes) {
  check('state.refusal-no-effect', `changes nothing when it refuses ${name}`, async (context) => {
    const { groupCall, expect } = context;
    const before = await groupCall.roster();
    await refused(make(groupCall), name, refusedBy);
    await groupCall.quietWindow();
    const after = await groupCall.roster();
    expect(after.own.isMuted, 'isMuted of the application’s own participant').toBe(before.own.isMuted);
    await expectNextMuteAnnounced(context);
  });
}

check(
  'state.refusal-no-effect',
  'changes nothing when it refuses a peer-to-peer call',
  async ({ peerToPeerCall, groupCall, expect }) => {
    const before = await ownOfPeerToPeer(peerToPeerCall);
    await refused(peerToPeerCall.mute(), 'a peer-to-peer call', 'group.peer-to-peer-refused');
    await peerToPeerCall.quietWindow();
    const after = await ownOfPeerToPeer(peerToPeerCall);
    expect(after.isMuted, 'isMuted of the own participant of the peer-to-peer call').toBe(before.isMuted);
    await control(groupCall.mute());
  },
);

/** @throws NotApplicable when the roster cannot be read, or is empty, which is no violation in a peer-to-peer call (fact 57) */
async function ownOfPeerToPeer(call: CallUnderTest): Promise<RosterEntry> {
  const own = entryOf(call, (await call.listParticipants()) ?? []);
  if (own !== undefined) return own;
  throw new NotApplicable('condition', 'the roster of the peer-to-peer call cannot be read, or has no own participant');
}

/**
 * A refused mute left the state as it was, so that the next valid one changes it and is announced.
 * @throws CouldNotRun when mutes are not announced at all
 */
async function expectNextMuteAnnounced({ groupCall, freshCall, target, demand }: CaseContext): Promise<void> {
  await control(groupCall.mute());
  if (target.callbacks === 'none') return;
  const update = await groupCall.ownReported(true);
  if (update === undefined) await controlTakesEffect(freshCall(groupCall));
  demand(
    update !== undefined,
    'an update after the next valid mute that reports the own participant with isMuted true',
    'none came, though one came after the mute of a call on which nothing had been refused',
  );
}

check(
  'state.unmute-roundtrip',
  'mutes, unmutes and mutes again, and announces each',
  async ({ groupCall, expect, demand }) => {
    const steps = [
      { act: () => groupCall.mute(), isMuted: true, name: 'the mute' },
      { act: () => groupCall.unmute(), isMuted: false, name: 'the unmute' },
      { act: () => groupCall.mute(), isMuted: true, name: 'the second mute' },
    ];
    for (const { act, isMuted, name } of steps) {
      expect(await act()).toSucceed();
      const update = await groupCall.ownReported(isMuted);
      demand(
        update !== undefined,
        `an update after ${name} that reports the own participant with isMuted ${isMuted}`,
        ownAsReported(groupCall),
      );
    }
    await control(groupCall.unmute());
  },
);

check(
  'state.any-sequence',
  'keeps every promise in any sequence of requests',
  // Both paths are walked at once.
  { paths: 'communications' },
  (context) =>
    walkMutes(
      context,
      mistakes.map(([name, refusedBy, make]) => ({ name, refusedBy, make })),
    ),
);

export default suite;
