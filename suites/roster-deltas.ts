import {
  CouldNotRun,
  defineSuite,
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

check(
  'roster.delta',
  'announces a mute as deltaParticipants to a call that asked for them',
  async ({ deltaCall, demand }) => {
    await given(deltaCall.mute());
    for (const { json, body } of await readableRosterUpdates(deltaCall)) {
      // An update of another call that came here by mistake is judged by roster.no-crosstalk.
      if (rosterResources(json).some(({ callId }) => callId !== undefined && !sameId(callId, deltaCall.id))) continue;
      demand(rosterDeltas(json).onlyDeltas, 'every update to carry deltaParticipants', `one is ${shown(body, 500)}`);
    }
    const update = await deltaCall.ownReported(true);
    demand(
      update !== undefined,
      'a deltaParticipants with the application’s own participant with isMuted true',
      'none has it',
      deltaCall.ownIsKnown ? undefined : deltaCall.ownUnidentifiableReason,
    );
  },
);

check(
  'roster.delta',
  'numbers each deltaParticipants higher than the one before',
  async ({ deltaCall, expect, demand }) => {
    await deltaCall.ready();
    const earlier = deltaCall.mailbox.deliveries.flatMap(({ json }) => rosterDeltas(json).sequenceNumbers);
    if (earlier.length === 0) throw new NotApplicable('condition', 'no delta came before the mute');
    await given(deltaCall.mute());
    const update = await deltaCall.ownReported(true);
    if (update === undefined) throw new CouldNotRun('no delta told of the mute');
    expect(judge(update.json, 'notification')).toKeep('roster.delta', 'a sequenceNumber that is an integer');
    const before = Math.max(...earlier.filter((number) => typeof number === 'number'));
    for (const number of rosterDeltas(update.json).sequenceNumbers) {
      demand(
        typeof number === 'number' && number > before,
        `a sequenceNumber greater than ${before}, which an update before the mute had`,
        `it is ${shown(number)}`,
      );
    }
  },
);

export default suite;
