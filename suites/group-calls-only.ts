import {
  type Answer,
  type CallUnderTest,
  control,
  controlTakesEffect,
  defineSuite,
  entryOf,
  expectNoMuteReported,
  NotApplicable,
  refused,
  shown,
} from '../tools/graph/suite.ts';

const { suite, check } = defineSuite('group-calls-only', { waits: true });

/** The refusal of a peer-to-peer call, where it is refused at all. */
function refusalOf(peerToPeerCall: CallUnderTest): Promise<Answer> {
  return refused(peerToPeerCall.mute(), 'a peer-to-peer call', 'group.peer-to-peer-refused');
}

check('group.two-targets', 'mutes a call with two targets', async ({ groupCall, expect }) => {
  const answer = await groupCall.mute();
  expect(answer).toSucceed();
});

check('group.meeting', 'mutes a call with chatInfo and meetingInfo', async ({ meetingCall, expect }) => {
  const answer = await meetingCall.mute();
  expect(answer).toSucceed();
});

check(
  'group.peer-to-peer-refused',
  'refuses to mute a peer-to-peer call',
  async ({ peerToPeerCall, groupCall, expect }) => {
    const refusal = await peerToPeerCall.mute();
    // These say something else: not authenticated, too slow, wrong media type, too many requests.
    expect(refusal).toBeRefused({ butNot: [401, 408, 415, 429], or501: true });
    await control(groupCall.mute());
  },
);

check(
  'group.peer-to-peer-4xx',
  'refuses a peer-to-peer call as a mistake of the client',
  async ({ peerToPeerCall, groupCall, expect }) => {
    const refusal = await refusalOf(peerToPeerCall);
    expect(refusal).toBeRefused();
    await control(groupCall.mute());
  },
);

check(
  'group.peer-to-peer-not-404',
  'does not deny that a peer-to-peer call exists',
  async ({ peerToPeerCall, groupCall, expect }) => {
    const refusal = await refusalOf(peerToPeerCall);
    expect(refusal).notToHaveStatus(404);
    await control(groupCall.mute());
  },
);

check(
  'group.peer-to-peer-unchanged',
  'leaves a peer-to-peer call unmuted',
  async ({ peerToPeerCall, groupCall, demand }) => {
    const ownEntry = async () => entryOf(peerToPeerCall, (await peerToPeerCall.listParticipants()) ?? []);
    const before = await ownEntry();
    await refusalOf(peerToPeerCall);
    const own = await ownEntry();
    if (own === undefined) {
      // Fact 57: listing the participants of a peer-to-peer call is not supported, or answers an empty collection.
      throw new NotApplicable(
        'condition',
        'the roster of the peer-to-peer call cannot be read, or has no own participant',
      );
    }
    demand(
      own.isMuted !== true || before?.isMuted === true,
      'the own participant of the peer-to-peer call not to be muted',
      `it is ${shown(own.entity)}`,
    );
    await control(groupCall.mute());
  },
);

check('group.peer-to-peer-silent', 'reports no mute of a peer-to-peer call', async ({ peerToPeerCall, groupCall }) => {
  peerToPeerCall.refuseWithoutCallbacks();
  await refusalOf(peerToPeerCall);
  await expectNoMuteReported(peerToPeerCall);
  await controlTakesEffect(groupCall);
});

export default suite;
