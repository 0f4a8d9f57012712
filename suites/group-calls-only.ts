import { defineSuite, NotApplicable, refused, shown, watchedMute } from '../tools/graph/suite.ts';
import { peerToPeer } from './refusals.ts';
import { mutesOfTwoLegs } from './two-legs.ts';

const { suite, check } = defineSuite('group-calls-only', { waits: true });

const { mistake, requirement, tried } = peerToPeer;

check('group.two-targets', 'mutes a call with two targets', async (context) => {
  context.expect(await (await watchedMute(context)).answer()).toSucceed();
});

check('group.meeting', 'mutes a call with chatInfo and meetingInfo', async (context) => {
  const { target, meetingCall, expect, uuid } = context;
  if (target.capabilities.sharedMeeting) {
    expect(await (await mutesOfTwoLegs(context)).answer()).toSucceed();
    return;
  }
  const clientContext = uuid('mute in a meeting');
  expect(await meetingCall.mute({ clientContext })).toSucceed();
  // How a repeated one is answered is judged with all other answers.
  await meetingCall.mute({ clientContext });
});

check('group.peer-to-peer-refused', 'refuses to mute a peer-to-peer call', async (context) => {
  const mute = await tried(context);
  // These say something else: not authenticated, too slow, wrong media type, too many requests.
  context.expect(await mute.answer()).toBeRefused({ butNot: [401, 408, 415, 429], or501: true });
  await mute.control();
});

check('group.peer-to-peer-4xx', 'refuses a peer-to-peer call as a mistake of the client', async (context) => {
  const mute = await tried(context);
  context.expect(await refused(mute.answer(), mistake, requirement)).toBeRefused();
  await mute.control();
});

check('group.peer-to-peer-not-404', 'does not deny that a peer-to-peer call exists', async (context) => {
  const mute = await tried(context);
  context.expect(await refused(mute.answer(), mistake, requirement)).not.toHaveStatus(404);
  await mute.control();
});

check('group.peer-to-peer-unchanged', 'leaves a peer-to-peer call unmuted', async (context) => {
  const mute = await tried(context);
  const before = await mute.before();
  await refused(mute.answer(), mistake, requirement);
  const own = await mute.after();
  if (own === undefined) {
    // Fact 57: listing the participants of a peer-to-peer call is not supported, or answers an empty collection.
    throw new NotApplicable(
      'condition',
      'the roster of the peer-to-peer call cannot be read, or has no own participant',
    );
  }
  context.demand(
    own.isMuted !== true || before?.isMuted === true,
    'the own participant of the peer-to-peer call not to be muted',
    `it is ${shown(own.entity)}`,
  );
  await mute.control();
});

check('group.peer-to-peer-silent', 'reports no mute of a peer-to-peer call', async (context) => {
  context.peerToPeerCall.callback.refuseWithoutCallbacks();
  const mute = await tried(context);
  await refused(mute.answer(), mistake, requirement);
  await mute.noMuteReported();
  await mute.controlTakesEffect();
});

export default suite;
