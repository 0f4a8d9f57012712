import {
  CouldNotRun,
  defineSuite,
  experiment,
  given,
  judge,
  NotApplicable,
  readableRosterUpdates,
  rosterDeltas,
  rosterResources,
  sameId,
  shown,
} from '../tools/graph/suite.ts';

const { suite, check } = defineSuite('roster-deltas', { waits: true });

/** A mute of a call that has asked for deltas of its roster. */
const muteOfDeltaCall = experiment('a mute of a call with deltas', async ({ deltaCall }, step) => {
  const numbersBefore = await step(async () => {
    await deltaCall.ready();
    return deltaCall.mailbox.deliveries.flatMap(({ json }) => rosterDeltas(json).sequenceNumbers);
  });
  const mute = await step(() => given(deltaCall.mute()));
  const updates = await step(async () => {
    mute.result();
    // An update of another call that came here by mistake is judged by roster.no-crosstalk.
    return (await readableRosterUpdates(deltaCall)).filter(({ json }) =>
      rosterResources(json).every(({ callId }) => callId === undefined || sameId(callId, deltaCall.id)),
    );
  });
  const announced = await step(async () => {
    mute.result();
    const update = await deltaCall.callback.ownReported(true);
    return { update, hint: deltaCall.ownIsKnown ? undefined : deltaCall.ownUnidentifiableReason };
  });
  return { numbersBefore, mute, updates, announced };
});

check('roster.delta', 'announces a mute as deltaParticipants to a call that asked for them', async (context) => {
  const mute = await muteOfDeltaCall(context);
  await mute.mute();
  for (const { json, body } of await mute.updates()) {
    const { onlyDeltas } = rosterDeltas(json);
    context.demand(onlyDeltas, 'every update to carry deltaParticipants', `one is ${shown(body, 500)}`);
  }
  const { update, hint } = await mute.announced();
  context.demand(
    update !== undefined,
    'a deltaParticipants with the application’s own participant with isMuted true',
    'none has it',
    hint,
  );
});

check('roster.delta', 'numbers each deltaParticipants higher than the one before', async (context) => {
  const { expect, demand } = context;
  const mute = await muteOfDeltaCall(context);
  const earlier = await mute.numbersBefore();
  if (earlier.length === 0) throw new NotApplicable('condition', 'no delta came before the mute');
  const { update } = await mute.announced();
  if (update === undefined) throw new CouldNotRun('no delta announced the mute');
  expect(judge(update.json, 'notification')).toSatisfy('roster.delta', 'a sequenceNumber that is an integer');
  const before = Math.max(...earlier.filter((number) => typeof number === 'number'));
  for (const number of rosterDeltas(update.json).sequenceNumbers) {
    demand(
      typeof number === 'number' && number > before,
      `a sequenceNumber greater than ${before}, which an update before the mute had`,
      `it is ${shown(number)}`,
    );
  }
});

export default suite;
