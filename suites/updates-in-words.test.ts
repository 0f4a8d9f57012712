import { describe, expect, it } from 'vitest';
import type { Deviation } from '../tools/emulator/deviation.ts';
import { findFault } from '../tools/emulator/find-deviation.ts';
import { announcing, announcingOwnOnceMore } from '../tools/emulator/mute-hooks.ts';
import { withEditedParticipants } from '../tools/emulator/editing.ts';
import { runOnEmulator } from '../tools/dev/testing/run-suites.ts';

const quick = { notificationMs: 500, quietMs: 100 };

const delivered = 'roster.delivered/sends-a-roster-update-after-a-mute';
const selfMuted = 'roster.self-muted/reports-the-applications-own-participant-muted';
const json = 'roster.json/sends-valid-json';
const newlyMuted = 'roster.others-unchanged/reports-nobody-else-newly-muted';
const roundtrip = 'state.unmute-roundtrip/mutes-unmutes-and-mutes-again-and-announces-each';

/** How these cases end on an emulator with a deviation. */
async function outcomes(deviation: Deviation | undefined, ids: readonly string[]) {
  const run = await runOnEmulator(deviation, (id) => ids.includes(id), quick);
  return ids.map((id) => run.outcome(id));
}

/** What an outcome says of what came. */
function told(outcome: Awaited<ReturnType<typeof outcomes>>[number] | undefined): string {
  if (outcome?.kind === 'violated') return outcome.actual;
  return outcome?.kind === 'could-not-run' ? outcome.reason : `${outcome?.kind}`;
}

/** A case that has a peer-to-peer call meanwhile, whose callback would get nothing. */
const bystander = 'group.peer-to-peer-silent/reports-no-mute-of-a-peer-to-peer-call';

/** Updates on mutes go to the callback of the bystander. */
const toAnotherCall: Deviation = {
  id: 'to-another-call',
  summary: 'Posts updates to the callback of another call',
  hooks: announcing((delivery, _context, { calls }) => {
    const other = calls().findLast(({ kind }) => kind === 'peerToPeer');
    return other?.callbackUri === undefined ? [] : { ...delivery, url: other.callbackUri };
  }),
};

describe('an update that does not come to the callback of its call', () => {
  const ids = [delivered, selfMuted, json];

  it('came to that of another call, where it did', async () => {
    const elsewhere = /^none came there; one about this call came to the callback of another, \/callbacks\/[\w-]+\S*$/i;
    const [ofDelivered, ofSelfMuted, ofJson] = await outcomes(toAnotherCall, [...ids, bystander]);
    expect([ofDelivered?.kind, ofSelfMuted?.kind, ofJson?.kind]).toEqual(['violated', 'violated', 'could-not-run']);
    for (const outcome of [ofDelivered, ofSelfMuted, ofJson]) expect(told(outcome)).toMatch(elsewhere);
  });

  it.each(['roster-missing', 'callback-to-root'])('came nowhere with the fault %s', async (fault) => {
    const said = (await outcomes(findFault(fault), ids)).map(told);
    expect(said).toEqual([
      'none came',
      'no roster update came',
      'no roster update came within 500 ms (see roster.delivered)',
    ]);
  });

  it('is not missed where it came', async () => {
    expect((await outcomes(undefined, ids)).map(({ kind }) => kind)).toEqual(['satisfied', 'satisfied', 'satisfied']);
  });
});

/** The words of a broken promise, of which none is JSON. */
async function words(deviation: Deviation, id: string): Promise<string> {
  const [outcome] = await outcomes(deviation, [id]);
  if (outcome?.kind !== 'violated') throw new Error(`${id} ended ${outcome?.kind}`);
  const said = `expected ${outcome.expectation}, but ${outcome.actual}`;
  expect(said).not.toMatch(/[{}[\]]/);
  expect(said.length).toBeLessThan(500);
  return said;
}

const guid = '[0-9a-f-]{36}';

describe('roster.others-unchanged says who had which isMuted, and has which now', () => {
  it.each<[string, string, string, boolean]>([
    ['roster-reports-all-muted', newlyMuted, 'reported', true],
    ['mute-mutes-everybody', newlyMuted, 'reported', true],
    [
      'mute-mutes-everybody',
      'state.participants/lists-the-application-as-muted-and-the-others-as-before',
      'listed',
      true,
    ],
    ['mute-unmutes-others', 'roster.others-unchanged/reports-nobody-else-newly-unmuted', 'reported', false],
  ])('%s: %s', async (fault, id, how, isMuted) => {
    expect(await words(findFault(fault), id)).toMatch(
      new RegExp(
        `, but participant ${guid} had isMuted ${!isMuted} before, and is ${how} with isMuted ${isMuted}; so it was after 3 further mutes, and on no idle call$`,
      ),
    );
  });
});

/** Updates on unmutes are sent so instead. */
function onUnmute(edit: Parameters<typeof announcing>[0]): Deviation {
  return {
    id: 'on-unmute',
    summary: 'Tells of unmutes otherwise',
    hooks: announcing(edit, ({ cause }) => cause === 'unmute'),
  };
}

describe('state.unmute-roundtrip says which step, and what is told of the own participant', () => {
  const afterUnmute = /^expected an update after the unmute that reports the own participant with isMuted false, but /;

  it.each<[string, Deviation, RegExp]>([
    ['nothing', findFault('unmute-not-announced'), /but no roster update came$/],
    [
      'that it is muted still',
      onUnmute((delivery) => withEditedParticipants(delivery, (entry) => (entry.isMuted = true))),
      /but it is reported with isMuted true$/,
    ],
    [
      'two things, none of which is a boolean',
      onUnmute((delivery) =>
        ['no', null].map((isMuted) => withEditedParticipants(delivery, (entry) => (entry.isMuted = isMuted))),
      ),
      /but it is reported with isMuted "no", then null$/,
    ],
    [
      'others alone',
      onUnmute((delivery) => withEditedParticipants(delivery, (entry) => (entry.id = `other-${String(entry.id)}`))),
      new RegExp(`but the updates report other-${guid}(, other-${guid})*, not ${guid}$`),
    ],
  ])('%s', async (_what, deviation, said) => {
    const text = await words(deviation, roundtrip);
    expect(text).toMatch(afterUnmute);
    expect(text).toMatch(said);
  });

  it('holds where updates come twice', async () => {
    const twice = { id: 'twice', summary: 'Sends updates twice', hooks: announcingOwnOnceMore(() => undefined) };
    expect((await outcomes(twice, [roundtrip])).map(({ kind }) => kind)).toEqual(['satisfied']);
  });
});
