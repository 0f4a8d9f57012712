import { describe, expect, it } from 'vitest';
import { rosterItem } from '../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../dev/testing/targets/scripted-session.ts';
import type { CallUnderTest } from './calls/call.ts';
import { CouldNotRun } from '../engine/target/could-not-run.ts';
import { ExpectationFailure } from '../engine/cases/expect.ts';
import { expectStaysMuted, updatesComeAgain } from './staying-muted.ts';

/** A call that was muted and reported so by these updates; `listed` is what GET …/participants says, where declared. */
async function mutedCall(updates: readonly boolean[], listed?: boolean): Promise<CallUnderTest> {
  const { target, call } = await startScriptedSession(
    ({ path }) =>
      path.endsWith('/participants') ? { status: 200, json: { value: [{ id: 'me', isMuted: listed }] } } : undefined,
    { capabilities: { participants: listed !== undefined }, timeouts: { quietMs: 30 } },
  );
  const muted = await call().ready();
  const report = (isMuted: boolean) => target.notify(muted.mailbox.url, rosterItem(muted.id, { id: 'me', isMuted }));
  await report(false);
  await muted.mute();
  for (const isMuted of updates) await report(isMuted);
  return muted;
}

describe('staying muted', () => {
  it.each<[string, boolean[], boolean | undefined, boolean]>([
    ['is judged by updates alone', [true], undefined, false],
    ['is judged by the participants alone', [], true, false],
    ['is not called in question by an update of before that comes late', [false, true], undefined, false],
    ['is not called in question by an update that comes again, where updates do', [true, false], true, true],
  ])('%s', async (_name, updates, listed, comeAgain) => {
    await expect(expectStaysMuted(await mutedCall(updates, listed), comeAgain)).resolves.toBeUndefined();
  });

  it.each<[string, boolean[], boolean | undefined, boolean]>([
    ['by an update', [true, false], undefined, false],
    ['by an update, whatever the participants say', [true, false], true, false],
    ['by the participants', [true], false, false],
    ['by the participants where updates come again', [true, false], false, true],
  ])('is denied %s', async (_name, updates, listed, comeAgain) => {
    await expect(expectStaysMuted(await mutedCall(updates, listed), comeAgain)).rejects.toThrow(ExpectationFailure);
  });

  it.each<[string, boolean[], boolean]>([
    ['nothing tells the state', [], false],
    ['only updates tell it, and they come again', [true, false], true],
  ])('cannot be judged where %s', async (_name, updates, comeAgain) => {
    await expect(expectStaysMuted(await mutedCall(updates), comeAgain)).rejects.toThrow(CouldNotRun);
  });
});

describe('updates that come again', () => {
  it('are seen as soon as one does', async () => {
    const call = await mutedCall([true]);
    // The window grows with the slowest delivery: it will not be over before the repetition has come.
    call.session.noteDelivery(60_000);
    const watching = updatesComeAgain(call);
    const [first] = call.mailbox.deliveries;
    await fetch(call.mailbox.url, { method: 'POST', body: first?.body ?? '' });
    expect(await watching).toBe(true);
  });

  it('are believed in only when one does within a quiet window', async () => {
    expect(await updatesComeAgain(await mutedCall([true]))).toBe(false);
  });
});
