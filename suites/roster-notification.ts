import {
  aboutParticipants,
  type CallUnderTest,
  control,
  controlTakesEffect,
  CouldNotRun,
  defineSuite,
  type Delivery,
  expectOthersUntouched,
  expectSilence,
  given,
  isRepetition,
  judge,
  knownOthers,
  NotApplicable,
  ownAsReported,
  readableRosterUpdates,
  refused,
  reportedNewly,
  rosterResources,
  rosterUpdates,
  sameId,
  strayedIn,
  updateRules,
  updateSeen,
  updatesKeep,
  verifyCallbackToken,
  withParticipants,
} from '../tools/graph/suite.ts';
import { brokenJson, noAuthorization, unknownCall, unsupportedType } from './refusals.ts';

const { suite, check, checkWholeRun } = defineSuite('roster-notification', { waits: true });

check('roster.delivered', 'sends a roster update after a mute', async ({ groupCall, target, demand }) => {
  await given(groupCall.mute());
  const update = await groupCall.rosterUpdate();
  demand(
    update !== undefined,
    `a roster update at the callback within ${target.timeouts.notificationMs} ms of the mute`,
    strayedIn(groupCall) ?? 'none came',
  );
});

check(
  'roster.callback',
  'posts to exactly the callbackUri',
  updatesKeep([updateRules.callback], rosterUpdates, { call: (context) => context.plainCallbackCall }),
);

check(
  'roster.callback',
  'keeps upper case, escapes and every parameter of the callbackUri',
  { since: 'call-mute/2026-11' },
  updatesKeep([updateRules.callback], updatesAtOwnCallback, { isNamed: true }),
);

/** @throws NotApplicable where the callbackUri is not made by the suite */
async function updatesAtOwnCallback(call: CallUnderTest): Promise<Delivery[]> {
  if (call.provided.isOwn) return rosterUpdates(call);
  throw new NotApplicable('condition', 'the callbackUri of a call that is kept is not made by the suite');
}

check('roster.method', 'sends the update with POST', updatesKeep([updateRules.method], rosterUpdates));

check('roster.content-type', 'declares the update as JSON', updatesKeep([updateRules.contentType], rosterUpdates));

check('roster.json', 'sends valid JSON', updatesKeep([updateRules.json], rosterUpdates));

check(
  'roster.envelope',
  'wraps the update in commsNotifications',
  updatesKeep([updateRules.envelope], readableRosterUpdates),
);

check('roster.change-type', 'calls the change updated', updatesKeep([updateRules.changeType], aboutParticipants));

/** @throws CouldNotRun when no update says updated, in whatever case: roster.change-type judges that */
async function sayingUpdated(call: CallUnderTest): Promise<Delivery[]> {
  const updates = (await aboutParticipants(call)).filter(({ json }) =>
    judge(json, 'notification').every(({ requirement }) => requirement !== 'roster.change-type'),
  );
  if (updates.length === 0) throw new CouldNotRun('no update has the changeType updated (see roster.change-type)');
  return updates;
}

check(
  'roster.change-type-case',
  'writes the change type in lower case',
  updatesKeep([updateRules.changeTypeCase], sayingUpdated),
);

check(
  'roster.resource',
  'names the participants of this call',
  updatesKeep([updateRules.resource, updateRules.resourceOfCall], aboutParticipants),
);

check(
  'roster.resource',
  'names the call of each leg at the callback of that leg',
  { needs: ['sharedMeeting'], since: 'call-mute/2026-11' },
  async (context) => {
    const { meetingCall, otherLeg } = context;
    await meetingCall.ready();
    await otherLeg.ready();
    await given(meetingCall.mute());
    const since = meetingCall.lastRequestAt;
    await otherLeg.arrives(({ receivedAt, json }) => receivedAt >= since && rosterResources(json).length > 0);
    const updates = otherLeg.rosterDeliveries(since).filter(({ json }) => rosterResources(json).length > 0);
    if (updates.length === 0) throw new CouldNotRun('no roster update came to the other leg');
    for (const update of updates) updateRules.resourceOfCall.judge(updateSeen(otherLeg, update), context);
  },
);

check('roster.self-muted', 'reports the application’s own participant muted', async ({ groupCall, target, demand }) => {
  await given(groupCall.mute());
  const update = await groupCall.ownReported(true);
  demand(
    update !== undefined,
    `an update within ${target.timeouts.notificationMs} ms that has the application’s own participant with isMuted true`,
    ownAsReported(groupCall),
    groupCall.ownIsKnown ? undefined : groupCall.ownUnidentifiableReason,
  );
});

check('roster.participant', 'sends well-formed participants', updatesKeep([updateRules.participant], withParticipants));

check(
  'roster.participant-info',
  'says who the participants are',
  updatesKeep([updateRules.participantInfo], withParticipants),
);

check('roster.others-unchanged', 'reports nobody else newly muted', async (context) => {
  const { groupCall } = context;
  const expectation = 'no update that reports another participant newly muted';
  await expectOthersUntouched(context, groupCall, reportedNewly(true), expectation);
});

check(
  'roster.others-unchanged',
  'reports nobody else newly unmuted',
  { since: 'call-mute/2026-11' },
  async (context) => {
    const { groupCall } = context;
    const before = await knownOthers(groupCall);
    if (!before.some(({ isMuted }) => isMuted === true)) {
      throw new NotApplicable('condition', 'nobody else in the call was muted before the application was');
    }
    const expectation = 'no update that reports another participant newly unmuted';
    await expectOthersUntouched(context, groupCall, reportedNewly(false), expectation);
  },
);

check(
  'roster.others-unchanged',
  'reports another leg that was muted as muted still',
  { needs: ['sharedMeeting'], since: 'call-mute/2026-11' },
  async ({ meetingCall, otherLeg }) => {
    await meetingCall.ready();
    await otherLeg.ready();
    await given(otherLeg.mute());
    if (otherLeg.own.participantId === undefined) {
      throw new NotApplicable('condition', 'the calls name no myParticipantId, so that two legs cannot be told apart');
    }
    const since = otherLeg.lastRequestAt;
    const told = await meetingCall.arrives(
      (delivery) => delivery.receivedAt >= since && otherLeg.reportsOwnById(delivery, true),
    );
    if (told === undefined) throw new CouldNotRun('no update told this leg that the other one is muted');
    await given(meetingCall.mute());
    const update = await meetingCall.ownReported(true);
    if (update === undefined)
      throw new CouldNotRun('no update reports this leg muted, so that there is nothing to look at');
    await expectSilence(
      meetingCall,
      (delivery) =>
        delivery.receivedAt >= update.receivedAt &&
        otherLeg.reportsOwnById(delivery, false) &&
        !isRepetition(meetingCall, delivery),
      'no update that reports the participant of the other leg, which was muted before, with isMuted false',
    );
  },
);

check('roster.no-crosstalk', 'tells no other call of the mute', async ({ groupCall, otherGroupCall }) => {
  await otherGroupCall.ready();
  await given(groupCall.mute());
  await expectSilence(
    otherGroupCall,
    (delivery) =>
      rosterResources(delivery.json).some(({ callId }) => callId !== undefined && sameId(callId, groupCall.id)) ||
      groupCall.reportsOwnById(delivery, true),
    'nothing about the muted call at the callback of another call',
    groupCall,
  );
  await controlTakesEffect(otherGroupCall);
});

check('roster.every-leg', 'tells every leg of the meeting', async ({ meetingCall, otherLeg, demand }) => {
  await meetingCall.ready();
  await otherLeg.ready();
  await given(meetingCall.mute());
  const update = await otherLeg.arrives(
    (delivery) => delivery.receivedAt >= meetingCall.lastRequestAt && meetingCall.reportsOwn(delivery, true),
  );
  if (update === undefined && !meetingCall.ownIdentifiable) throw new CouldNotRun(meetingCall.ownUnidentifiableReason);
  if (update === undefined && meetingCall.inconclusiveBecause !== undefined) {
    throw new CouldNotRun(meetingCall.inconclusiveBecause);
  }
  demand(
    update !== undefined,
    'a roster update with the muted participant at the callback of the other leg',
    `${otherLeg.rosterDeliveries(meetingCall.lastRequestAt).length} roster updates came there, none with it muted`,
  );
});

check(
  'roster.every-leg',
  'tells the muted leg too',
  { since: 'call-mute/2026-11' },
  async ({ meetingCall, otherLeg, target, demand }) => {
    await meetingCall.ready();
    await otherLeg.ready();
    await given(meetingCall.mute());
    const update = await meetingCall.ownReported(true);
    demand(
      update !== undefined,
      `an update within ${target.timeouts.notificationMs} ms at the callback of the muted leg, with its participant muted`,
      ownAsReported(meetingCall),
    );
  },
);

const refusalsByStatus = { 400: brokenJson, 401: noAuthorization, 404: unknownCall, 415: unsupportedType };

for (const [status, { mistake, requirement, tried }] of Object.entries(refusalsByStatus)) {
  check('roster.not-on-refusal', `reports no mute after ${status}`, async (context) => {
    context.groupCall.refuseWithoutCallbacks();
    const mute = await tried(context);
    await refused(mute.answer(), mistake, requirement);
    await mute.noMuteReported();
    await mute.controlTakesEffect();
  });
}

checkWholeRun(
  'roster.unsolicited',
  'reports no mute before one was sent',
  async ({ unsolicited, callsHeard, callsReported, target, demand }) => {
    if (target.callbacks === 'none') throw new NotApplicable('capability', 'the target file says callbacks: none');
    if (callsHeard === 0) {
      throw new NotApplicable('condition', 'no notification came to a call that was made for this run');
    }
    if (callsReported === 0) {
      throw new CouldNotRun(
        'no call that was made for this run had its own participant reported at its callback (see roster.self-muted)',
      );
    }
    demand(
      unsolicited.length === 0,
      'no callback that reports its own participant muted before a mute of that call was sent',
      `${unsolicited.length} did, for example ${unsolicited.slice(0, 3).join('; ')}`,
    );
  },
);

check('roster.authenticated', 'signs the update with a token for the application', async (context) => {
  const { groupCall, muteAnyway, target } = context;
  await given(groupCall.mute());
  for (const update of await rosterUpdates(groupCall)) {
    const problem = await verifyCallbackToken(update, target);
    const token =
      problem === undefined ? ({ verdict: 'valid' } as const) : ({ verdict: 'invalid', reason: problem } as const);
    updateRules.authenticated.judge({ ...updateSeen(groupCall, update), token }, context);
  }
  await control(muteAnyway(groupCall));
});

export default suite;
