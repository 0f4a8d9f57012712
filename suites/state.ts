import {
  check,
  control,
  controlTakesEffect,
  expectNotMuted,
  given,
  rosterWithOwn,
  sameId,
  shown,
  suite,
} from '../tools/runner/suite.ts';

suite('state');

check(
  'state.participants',
  'lists the application as muted and the others as before',
  async ({ groupCall, expect }) => {
    const before = await groupCall.roster();
    await given(groupCall.mute());
    const after = await rosterWithOwn(groupCall, true);
    expect(after.own.isMuted, 'isMuted of the application’s own participant').toBe(true);
    for (const { id, isMuted } of before.others) {
      const now = after.others.find((other) => id !== undefined && other.id !== undefined && sameId(other.id, id));
      if (now !== undefined) expect(now.isMuted, `isMuted of participant ${id ?? ''}`).toBe(isMuted);
    }
  },
);

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

check('state.repeat-no-5xx', 'does not answer a mute of what is muted with 5xx', async ({ groupCall, expect }) => {
  await given(groupCall.mute());
  const again = await groupCall.mute();
  expect(again).notToBeServerError();
});

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
        `the updates since are ${shown(
          groupCall
            .rosterDeliveries()
            .map(({ body }) => body)
            .join(' '),
          500,
        )}`,
      );
    }
    await control(groupCall.unmute());
  },
);
