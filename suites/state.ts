import {
  answerOrCrash,
  type CallUnderTest,
  type CaseContext,
  control,
  controlAnnounced,
  controlTakesEffect,
  CouldNotRun,
  defineSuite,
  expectOthersUntouched,
  expectStaysMuted,
  experiment,
  failedPremise,
  given,
  listedOtherwise,
  type MuteToRefuse,
  NotApplicable,
  ownAsReported,
  refused,
  type RefusedMute,
  type RosterEntry,
  shown,
  type StepResults,
  updatesComeAgain,
  walkMutes,
  watchedMute,
} from '../tools/graph/suite.ts';
import { muteBesideAnother } from './beside-another-call.ts';
import {
  brokenJson,
  noAuthorization,
  noObject,
  noString,
  otherMethods,
  peerToPeer,
  type TriedMute,
  unsupportedType,
} from './refusals.ts';
import { walkedMistakes } from './walked-mistakes.ts';

const { suite, check } = defineSuite('state', { waits: true });

check('state.participants', 'lists the application as muted and the others as before', async (context) => {
  const { own, otherwise } = await (await watchedMute(context)).listed();
  await expectOthersUntouched(context, otherwise, listedOtherwise, 'GET …/participants to list the others as before');
  context.expect(own.isMuted, 'isMuted of the application’s own participant').toBe(true);
});

check('state.other-call', 'mutes no other call', async (context) => {
  const mute = await muteBesideAnother(context);
  await mute.noMuteReported();
  await mute.listedUnmuted();
  await mute.otherTakesEffect();
});

/** A mute of a call that is muted already. */
const repeatedMute = experiment('a repeated mute', async ({ groupCall }, step) => {
  const comeAgain = await step(() => updatesComeAgain(groupCall));
  const first = await step(() => given(groupCall.mute()));
  await step(() => {
    first.result();
    return groupCall.callback.ownDelivery(true);
  });
  const again = await step(() => {
    first.result();
    return groupCall.mute();
  });
  const staysMuted = await step(() => {
    again.result();
    return expectStaysMuted(groupCall, comeAgain.result());
  });
  return { first, again, staysMuted };
});

check('state.repeat', 'answers a mute of what is muted with 200 and a new id', async (context) => {
  const mute = await repeatedMute(context);
  const first = await mute.first();
  const again = await mute.again();
  context.expect(again).toHaveStatus(200);
  context.demand(
    again.operationId !== first.operationId,
    'an id of its own for the second mute',
    `both have ${shown(first.operationId)}`,
  );
});

check('state.repeat-no-5xx', 'does not answer a mute of what is muted with 5xx', async (context) => {
  const { groupCall, muteAnyway, expect, demand } = context;
  const mute = await repeatedMute(context);
  await mute.first();
  let isAsked = false;
  const ask = () => {
    // What breaks its connection is asked once more, on a call of the case.
    if (isAsked) return groupCall.mute();
    isAsked = true;
    return mute.again();
  };
  const again = await answerOrCrash(ask, () => muteAnyway(groupCall), demand);
  expect(again).not.toBeServerError();
});

check('state.stays-muted', 'stays muted after a mute', async (context) => (await watchedMute(context)).staysMuted());

check('state.stays-muted', 'stays muted after a repeated mute', async (context) =>
  (await repeatedMute(context)).staysMuted(),
);

/** A mistake of each kind. */
const mistakes: readonly TriedMute[] = [
  brokenJson,
  noObject,
  noString,
  noAuthorization,
  unsupportedType,
  otherMethods.GET,
];

for (const tried of mistakes) {
  const { mistake, requirement } = tried;
  check('state.refusal-no-effect', `changes nothing when it refuses ${mistake}`, async (context) => {
    const mute = await tried.tried(context);
    const before = await mute.before();
    await refused(mute.answer(), mistake, requirement);
    const after = await mute.after();
    context.expect(after?.isMuted, 'isMuted of the application’s own participant').toBe(before?.isMuted);
    await expectNextMuteAnnounced(context, mute, tried);
  });
}

check('state.refusal-no-effect', 'changes nothing when it refuses a peer-to-peer call', async (context) => {
  const { mistake, requirement, tried } = peerToPeer;
  const mute = await tried(context);
  const before = ownOfPeerToPeer(await mute.before());
  await refused(mute.answer(), mistake, requirement);
  const after = ownOfPeerToPeer(await mute.after());
  context.expect(after.isMuted, 'isMuted of the own participant of the peer-to-peer call').toBe(before.isMuted);
  await mute.control();
});

/** @throws NotApplicable when the roster cannot be read, or is empty, which is no violation in a peer-to-peer call (fact 57) */
function ownOfPeerToPeer(own: RosterEntry | undefined): RosterEntry {
  if (own !== undefined) return own;
  throw new NotApplicable('condition', 'the roster of the peer-to-peer call cannot be read, or has no own participant');
}

/**
 * A refused mute left the state as it was, so that the next valid one changes it and is announced.
 * @throws CouldNotRun when mutes are not announced at all, or one alone was not
 */
async function expectNextMuteAnnounced(
  context: CaseContext,
  mute: StepResults<RefusedMute>,
  refusal: MuteToRefuse,
): Promise<void> {
  const { groupCall, freshCall, target, demand } = context;
  const answer = await mute.control();
  if (target.callbacks === 'none') return;
  const update = await mute.announced();
  if (update === undefined) {
    // What others have waited for in vain is not waited for once more.
    if (await isUnannouncedElsewhere(context)) controlAnnounced(answer, update);
    await controlTakesEffect(freshCall(groupCall));
    await expectNotAnnouncedAgain(context, refusal);
  }
  demand(
    update !== undefined,
    'an update after the next valid mute that reports the own participant with isMuted true',
    'none came, though one came after the mute of a call on which nothing had been refused',
  );
}

/** @throws CouldNotRun when the same refusal is followed by an announcement on another call: then it kept none away */
async function expectNotAnnouncedAgain(
  context: CaseContext,
  { mistake, requirement, mute }: MuteToRefuse,
): Promise<void> {
  const { groupCall, freshCall } = context;
  const call = freshCall(groupCall);
  await refused(call.mute(mute(context)), mistake, requirement);
  await control(call.mute());
  if ((await call.callback.ownReported(true)) === undefined) return;
  throw new CouldNotRun(
    `${failedPremise.control}: the update on the next valid mute did not come (see roster.delivered), but one came after the same refusal on another call`,
  );
}

/** Whether the run has shown that a mute of a call on which nothing was refused is not announced. */
async function isUnannouncedElsewhere(context: CaseContext): Promise<boolean> {
  const watched = await watchedMute.ifDone(context);
  if (watched === undefined) return false;
  return watched.ownReported().then(
    ({ update }) => update === undefined,
    () => false,
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
      const update = await groupCall.callback.ownReported(isMuted);
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
  { paths: 'communications', isLong: true },
  (context) =>
    walkMutes(
      context,
      walkedMistakes(context).map(({ name, refusedBy, mute }) => ({
        name,
        refusedBy,
        make: (call: CallUnderTest) => call.mute(mute),
      })),
    ),
);

export default suite;
