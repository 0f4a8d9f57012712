import {
  aboutParticipants,
  type CallUnderTest,
  CouldNotRun,
  defineSuite,
  type Delivery,
  expectOthersUntouched,
  given,
  judge,
  NotApplicable,
  readableRosterUpdates,
  refused,
  reportedNewly,
  rosterUpdates,
  updateRules,
  updateSeen,
  updatesSatisfy,
  verifyCallbackToken,
  watchedMute,
  withParticipants,
} from '../tools/graph/suite.ts';
import { muteBesideAnother } from './beside-another-call.ts';
import { brokenJson, noAuthorization, unknownCall, unsupportedType } from './refusals.ts';
import { mutesOfTwoLegs } from './two-legs.ts';

const { suite, check, checkWholeRun } = defineSuite('roster-notification', { waits: true });

check('roster.delivered', 'sends a roster update after a mute', async (context) => {
  const { update, strayed } = await (await watchedMute(context)).update();
  context.demand(
    update !== undefined,
    `a roster update at the callback within ${context.target.timeouts.notificationMs} ms of the mute`,
    strayed ?? 'none came',
  );
});

check('roster.callback', 'posts to exactly the callbackUri', async (context) => {
  const { plainCallbackCall } = context;
  await given(plainCallbackCall.mute());
  for (const update of await rosterUpdates(plainCallbackCall)) {
    updateRules.callback.judge(updateSeen(plainCallbackCall, update), context);
  }
});

check(
  'roster.callback',
  'keeps upper case, escapes and every parameter of the callbackUri',
  { since: 'call-mute/2026-11' },
  updatesSatisfy([updateRules.callback], updatesAtOwnCallback, { isNamed: true }),
);

/** @throws NotApplicable where the callbackUri is not made by the suite */
async function updatesAtOwnCallback(call: CallUnderTest): Promise<Delivery[]> {
  if (call.provided.isOwn) return rosterUpdates(call);
  throw new NotApplicable('condition', 'the callbackUri of a call that is kept is not made by the suite');
}

check('roster.method', 'sends the update with POST', updatesSatisfy([updateRules.method], rosterUpdates));

check('roster.content-type', 'declares the update as JSON', updatesSatisfy([updateRules.contentType], rosterUpdates));

check('roster.json', 'sends valid JSON', updatesSatisfy([updateRules.json], rosterUpdates));

check(
  'roster.envelope',
  'wraps the update in commsNotifications',
  updatesSatisfy([updateRules.envelope], readableRosterUpdates),
);

check('roster.change-type', 'calls the change updated', updatesSatisfy([updateRules.changeType], aboutParticipants));

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
  updatesSatisfy([updateRules.changeTypeCase], sayingUpdated),
);

check(
  'roster.resource',
  'names the participants of this call',
  updatesSatisfy([updateRules.resource, updateRules.resourceOfCall], aboutParticipants),
);

check(
  'roster.resource',
  'names the call of each leg at the callback of that leg',
  { needs: ['sharedMeeting'], since: 'call-mute/2026-11' },
  async (context) => {
    const { leg, updates } = await (await mutesOfTwoLegs(context)).namedToOther();
    if (updates.length === 0) throw new CouldNotRun('no roster update came to the other leg');
    for (const update of updates) updateRules.resourceOfCall.judge(updateSeen(leg, update), context);
  },
);

check('roster.self-muted', 'reports the application’s own participant muted', async (context) => {
  const { update, otherwise, hint } = await (await watchedMute(context)).ownReported();
  context.demand(
    update !== undefined,
    `an update within ${context.target.timeouts.notificationMs} ms that has the application’s own participant with isMuted true`,
    otherwise,
    hint,
  );
});

check(
  'roster.participant',
  'sends well-formed participants',
  updatesSatisfy([updateRules.participant], withParticipants),
);

check(
  'roster.participant-info',
  'says who the participants are',
  updatesSatisfy([updateRules.participantInfo], withParticipants),
);

check('roster.others-unchanged', 'reports nobody else newly muted', async (context) => {
  const seen = await (await watchedMute(context)).otherMuted();
  const expectation = 'no update that reports another participant newly muted';
  await expectOthersUntouched(context, seen, reportedNewly(true), expectation);
});

check(
  'roster.others-unchanged',
  'reports nobody else newly unmuted',
  { since: 'call-mute/2026-11' },
  async (context) => {
    const mute = await watchedMute(context);
    if (!(await mute.othersBefore()).some(({ isMuted }) => isMuted === true)) {
      throw new NotApplicable('condition', 'nobody else in the call was muted before the application was');
    }
    const seen = await mute.otherUnmuted();
    const expectation = 'no update that reports another participant newly unmuted';
    await expectOthersUntouched(context, seen, reportedNewly(false), expectation);
  },
);

check(
  'roster.others-unchanged',
  'reports another leg that was muted as muted still',
  { needs: ['sharedMeeting'], since: 'call-mute/2026-11' },
  async (context) => (await mutesOfTwoLegs(context)).staysMuted(),
);

check('roster.no-crosstalk', 'tells no other call of the mute', async (context) => {
  const mute = await muteBesideAnother(context);
  await mute.nothingHeard();
  await mute.otherTakesEffect();
});

check('roster.every-leg', 'tells every leg of the meeting', async (context) => {
  const { update, came } = await (await mutesOfTwoLegs(context)).toldToOther();
  context.demand(
    update !== undefined,
    'a roster update with the muted participant at the callback of the other leg',
    `${came} roster updates came there, none with it muted`,
  );
});

check('roster.every-leg', 'tells the muted leg too', { since: 'call-mute/2026-11' }, async (context) => {
  const { update, otherwise } = await (await mutesOfTwoLegs(context)).toldToMuted();
  context.demand(
    update !== undefined,
    `an update within ${context.target.timeouts.notificationMs} ms at the callback of the muted leg, with its participant muted`,
    otherwise,
  );
});

const refusalsByStatus = { 400: brokenJson, 401: noAuthorization, 404: unknownCall, 415: unsupportedType };

for (const [status, { mistake, requirement, tried }] of Object.entries(refusalsByStatus)) {
  check('roster.not-on-refusal', `reports no mute after ${status}`, async (context) => {
    context.groupCall.callback.refuseWithoutCallbacks();
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
  const { call, updates } = await (await watchedMute(context)).updates();
  for (const update of updates) {
    const problem = await verifyCallbackToken(update, context.target);
    const token =
      problem === undefined ? ({ verdict: 'valid' } as const) : ({ verdict: 'invalid', reason: problem } as const);
    updateRules.authenticated.judge({ ...updateSeen(call, update), token }, context);
  }
});

export default suite;
