/** What a mute does to the others in a call: the words in which suites ask for it. */
import type { CallUnderTest } from './calls/call.ts';
import { CouldNotRun } from '../engine/target/could-not-run.ts';
import { rosterEntries, type RosterEntry } from './payloads/roster.ts';
import { sameId } from './ids.ts';
import { type CaseContext, given } from './context.ts';
import { entryOf, mutedBefore, rosterWithOwn, withParticipants } from './effects.ts';

/**
 * Looks at the others in a call that is muted, or at which nothing is done.
 * @returns who of them changed, in words; undefined when nobody did
 */
type Look = (call: CallUnderTest, muted: boolean) => Promise<string | undefined>;

/** How often it is tried whether a change comes of mutes. */
const rounds = 3;

async function mute(call: CallUnderTest): Promise<void> {
  await given(call.mute());
  await withParticipants(call);
  if (!call.ownIdentifiable) throw new CouldNotRun(call.ownUnidentifiableReason);
}

function changed({ id, isMuted }: RosterEntry, how: string): string {
  return `participant ${id ?? 'without an id'} had isMuted ${String(!isMuted)} before, and is ${how} with isMuted ${String(isMuted)}`;
}

/** No update until the quiet window is over reports somebody else newly muted, or newly unmuted. */
export function reportedNewly(isMuted: boolean): Look {
  return async (call, muted) => {
    const before = await mutedBefore(call);
    const newly = (json: unknown) => {
      const entries = rosterEntries(json);
      const own = entryOf(call, entries);
      return entries.find((entry) => entry !== own && entry.isMuted === isMuted && before(entry) === !isMuted);
    };
    if (muted) await mute(call);
    else call.beginSilence(call.session.clock.now());
    const update = await call.breaksSilence(({ json }) => newly(json) !== undefined);
    const entry = newly(update?.json);
    return entry && changed(entry, 'reported');
  };
}

/** GET …/participants lists the others as before. */
export const listedOtherwise: Look = async (call, muted) => {
  const before = await call.roster();
  if (muted) await given(call.mute());
  else {
    call.beginSilence(call.session.clock.now());
    await call.quietWindow();
  }
  const after = muted ? await rosterWithOwn(call, true) : await call.roster();
  const other = after.others.find(({ id, isMuted }) =>
    before.others.some(
      (known) => id !== undefined && known.id !== undefined && sameId(known.id, id) && known.isMuted !== isMuted,
    ),
  );
  return other && changed(other, 'listed');
};

/**
 * Whether what was seen after a mute comes of mutes: it is seen after each of several, on fresh calls, and on no idle
 * call of the same age beside them. People mute and unmute themselves as they like.
 * @throws CouldNotRun when there can be no further calls
 */
async function comesOfMutes(
  like: CallUnderTest,
  freshCall: CaseContext['freshCall'],
  look: Look,
  seen: string,
): Promise<boolean> {
  const pairs = Array.from({ length: rounds }, () => ({ muted: freshCall(like), idle: freshCall(like) }));
  try {
    await Promise.all(pairs.flatMap(({ muted, idle }) => [muted.ready(), idle.ready()]));
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    throw new CouldNotRun(`${seen}; whether that comes of the mute takes further calls to tell: ${error.message}`);
  }
  const found = await Promise.all(
    pairs.map(async ({ muted, idle }) => {
      const [afterMute, meanwhile] = await Promise.all([look(muted, true), look(idle, false)]);
      return afterMute !== undefined && meanwhile === undefined;
    }),
  );
  return found.every(Boolean);
}

/**
 * A mute leaves the others as they were.
 * @param look mutes the call, and looks at the others
 */
export async function expectOthersUntouched(
  { freshCall, demand, note }: CaseContext,
  call: CallUnderTest,
  look: Look,
  expectation: string,
): Promise<void> {
  const seen = await look(call, true);
  const isOfMute = seen !== undefined && (await comesOfMutes(call, freshCall, look, seen));
  demand(!isOfMute, expectation, `${seen ?? ''}; so it was after ${rounds} further mutes, and on no idle call`);
  if (seen !== undefined) note('people mute and unmute themselves, with and without a mute of the application');
}
