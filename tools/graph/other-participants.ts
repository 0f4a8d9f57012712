/** What a mute does to the others in a call: the words in which suites ask for it. */
import type { CallUnderTest } from './calls/call.ts';
import { CouldNotRun } from '../engine/target/could-not-run.ts';
import { rosterEntries, type RosterEntry } from './payloads/roster.ts';
import { sameId } from './ids.ts';
import type { CaseContext } from './context.ts';
import { given } from './premises.ts';
import { entryOf, knownEntries, rosterWithOwn, withParticipants } from './effects.ts';

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

/**
 * Whether an update since the last request, until the quiet window is over, reports somebody else newly so.
 * @param known what was known of the participants before
 * @returns who, in words
 */
export async function newlyReported(
  call: CallUnderTest,
  known: readonly RosterEntry[],
  isMuted: boolean,
): Promise<string | undefined> {
  const before = ({ id }: RosterEntry) =>
    known.find((entry) => id !== undefined && entry.id !== undefined && sameId(entry.id, id))?.isMuted;
  const newly = (json: unknown) => {
    const entries = rosterEntries(json);
    const own = entryOf(call, entries);
    return entries.find((entry) => entry !== own && entry.isMuted === isMuted && before(entry) === !isMuted);
  };
  const update = await call.callback.breaksSilence(({ json }) => newly(json) !== undefined);
  const entry = newly(update?.json);
  return entry && changed(entry, 'reported');
}

/** Who of the others is listed otherwise than before, in words. */
export function listedDifferently(before: readonly RosterEntry[], after: readonly RosterEntry[]): string | undefined {
  const other = after.find(({ id, isMuted }) =>
    before.some(
      (known) => id !== undefined && known.id !== undefined && sameId(known.id, id) && known.isMuted !== isMuted,
    ),
  );
  return other && changed(other, 'listed');
}

/** An update reports somebody else newly muted, or newly unmuted. */
export function reportedNewly(isMuted: boolean): Look {
  return async (call, muted) => {
    const { entries } = await knownEntries(call);
    if (muted) await mute(call);
    else call.beginSilence(call.session.clock.now());
    return newlyReported(call, entries, isMuted);
  };
}

/** GET …/participants lists somebody else otherwise. */
export const listedOtherwise: Look = async (call, muted) => {
  const before = await call.roster();
  if (muted) await given(call.mute());
  else {
    call.beginSilence(call.session.clock.now());
    await call.callback.quietWindow();
  }
  const after = muted ? await rosterWithOwn(call, true) : await call.roster();
  return listedDifferently(before.others, after.others);
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
    throw new CouldNotRun(`${seen}; further calls are needed to find out whether the mute caused it: ${error.message}`);
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
 * @param seen who was not left so, in words, after the mute of a group call
 * @param look looks at another one in the same way
 */
export async function expectOthersUntouched(
  { groupCall, freshCall, demand, note }: CaseContext,
  seen: string | undefined,
  look: Look,
  expectation: string,
): Promise<void> {
  const isOfMute = seen !== undefined && (await comesOfMutes(groupCall, freshCall, look, seen));
  demand(!isOfMute, expectation, `${seen ?? ''}; so it was after ${rounds} further mutes, and on no idle call`);
  if (seen !== undefined) note('people mute and unmute themselves, with and without a mute of the application');
}
