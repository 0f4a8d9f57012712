import { describe, expect, it } from 'vitest';
import { callItem } from '../../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../../dev/testing/targets/scripted-session.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';

const id = '5e2c8f0a-1b2c-4d3e-8f90-a1b2c3d4e5f6';
const undashed = id.replaceAll('-', '').toUpperCase();

/** A notification of a call's state that names its resource so; without a word on it where there is none. */
function notice(resourceUrl: string | undefined, members: object): object {
  const { resourceUrl: _usual, ...item } = callItem(id, members) as Record<string, unknown>;
  return resourceUrl === undefined ? item : { ...item, resourceUrl };
}

/** Forms in which a notification names the call at whose callback it is, and those in which it names another. */
const own: readonly (readonly [string, string | undefined])[] = [
  ['its id', `/communications/calls/${id}`],
  ['its id, undashed and in upper case', `/communications/calls/${undashed}`],
  ['its id as a key in parentheses', `/communications/calls('${id}')`],
  ['its id below /app', `/app/calls/${id}`],
  ['no resource', undefined],
];
const others: readonly (readonly [string, string])[] = [
  ['another id', '/communications/calls/7a0d1c2b-3e4f-4a5b-8c6d-9e0f1a2b3c4d'],
  ['another id as a key in parentheses', "/communications/calls('7a0d1c2b-3e4f-4a5b-8c6d-9e0f1a2b3c4d')"],
  ['the beginning of its id', `/communications/calls/${id.slice(0, -1)}`],
];

describe('a notification of the state of a call at its callback', () => {
  /** A call that is not established yet, at whose callback such a notification says that it is. */
  async function told(resourceUrl: string | undefined) {
    const { call, session } = await startScriptedSession(
      ({ path, json }, target) => {
        if (!path.endsWith('/calls')) return undefined;
        const item = notice(resourceUrl, { state: 'established', myParticipantId: 'me' });
        setImmediate(() => void target.notify(String(json['callbackUri']), item));
        return { status: 201, json: { id, state: 'establishing' } };
      },
      { timeouts: { notificationMs: 150 } },
    );
    const made = await call().ready();
    return { tells: session.startup.group.profile?.establishedBy, participantId: made.own.participantId };
  }

  it.each(own)('establishes it where it names %s', async (_what, resourceUrl) => {
    expect(await told(resourceUrl)).toEqual({ tells: 'notification', participantId: 'me' });
  });

  it.each(others)('says nothing of it where it names %s', async (_what, resourceUrl) => {
    expect(await told(resourceUrl)).toEqual({ tells: 'nothing', participantId: undefined });
  });
});

describe('a notification that a call is over, at the callback of a call whose mute is not found', () => {
  async function ended(resourceUrl: string | undefined): Promise<unknown> {
    const { call, target } = await startScriptedSession(({ path }) => {
      if (path.endsWith('/calls')) return { status: 201, json: { id, state: 'established', myParticipantId: 'me' } };
      return path.endsWith('/mute') ? { status: 404 } : undefined;
    });
    const made = await call().ready();
    await target.notify(made.mailbox.url, notice(resourceUrl, { state: 'terminated' }));
    return made.mute().then(
      ({ status }) => status,
      (error: unknown) => error,
    );
  }

  it.each(own)('says that it ended by itself where it names %s', async (_what, resourceUrl) => {
    const outcome = await ended(resourceUrl);
    expect(outcome).toBeInstanceOf(CouldNotRun);
    expect(outcome).toMatchObject({ message: expect.stringContaining('ended by itself') as string });
  });

  it.each(others)('leaves the 404 to be judged where it names %s', async (_what, resourceUrl) => {
    expect(await ended(resourceUrl)).toBe(404);
  });
});

describe('a notification that names the own participant', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ...own.map(([what, resourceUrl]) => [what, resourceUrl, 'me'] as [string, string | undefined, string]),
    ...others.map(([what, resourceUrl]) => [what, resourceUrl, undefined] as [string, string, undefined]),
  ])('is one of this call, or not, where it names %s', async (_what, resourceUrl, participantId) => {
    const { call, target } = await startScriptedSession(({ path }) =>
      path.endsWith('/calls') ? { status: 201, json: { id, state: 'established' } } : undefined,
    );
    const made = await call().ready();
    await target.notify(made.mailbox.url, notice(resourceUrl, { state: 'established', myParticipantId: 'me' }));
    expect(made.own.participantId).toBe(participantId);
  });
});
