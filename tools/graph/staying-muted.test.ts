import { afterEach, describe, expect, it } from 'vitest';
import { openSession, rosterItem, startScriptedTarget, targetAt } from '../dev/testing/targets/scripted-target.ts';
import { CallUnderTest } from './call.ts';
import { CallScope } from './call-scope.ts';
import { CouldNotRun } from '../engine/target/could-not-run.ts';
import { ExpectationFailure } from '../engine/cases/expect.ts';
import { expectStaysMuted, updatesComeAgain } from './staying-muted.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A call that was muted and reported so by these updates; `listed` is what GET …/participants says, where declared. */
async function mutedCall(updates: readonly boolean[], listed?: boolean): Promise<CallUnderTest> {
  const target = await startScriptedTarget(({ method, path }) => {
    if (method === 'POST' && path.endsWith('/calls')) {
      return { status: 201, json: { id: 'call', state: 'established', myParticipantId: 'me' } };
    }
    if (path.endsWith('/participants')) return { status: 200, json: { value: [{ id: 'me', isMuted: listed }] } };
    return path.endsWith('mute') ? { status: 200, json: { id: 'op' } } : { status: method === 'DELETE' ? 204 : 404 };
  });
  const session = await openSession(
    targetAt(target.baseUrl, {
      capabilities: { participants: listed !== undefined },
      timeouts: { notificationMs: 200, quietMs: 30 },
    }),
  );
  open.push({ close: () => session.finish() }, target);
  const scope = new CallScope(session, 'case', '/communications', 'case');
  const call = await new CallUnderTest(session, scope, 'group').ready();
  const report = (isMuted: boolean) => target.notify(call.mailbox.url, rosterItem('call', { id: 'me', isMuted }));
  await report(false);
  await call.mute();
  for (const isMuted of updates) await report(isMuted);
  return call;
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
