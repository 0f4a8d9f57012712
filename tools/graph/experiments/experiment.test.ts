import { describe, expect, it } from 'vitest';
import { startScriptedSession } from '../../dev/testing/targets/scripted-session.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { CallScope } from '../calls/call-scope.ts';
import type { CallSession } from '../calls/call-session.ts';
import { CaseContext } from '../context.ts';
import { experiment } from './experiment.ts';

/** A mute, and one more that is told from it. */
const twoMutes = () =>
  experiment('two mutes', async ({ groupCall, demand }, step) => {
    const first = await step(() => groupCall.mute({ clientContext: 'first' }));
    const second = await step(async () => {
      first.result();
      const answer = await groupCall.mute({ clientContext: 'second' });
      demand(answer.succeeded, 'the second mute to succeed', `it was answered ${answer.status}`);
      return answer;
    });
    const broken = await step<never>(() => {
      throw new CouldNotRun('this step could not be taken');
    });
    return { first, second, broken };
  });

function caseOf(
  session: CallSession,
  id: string,
  { path = '/communications', label = id, repetition = 0 }: Partial<CallScope> = {},
) {
  return new CaseContext(new CallScope(session, id, path, label, repetition));
}

const steps = ({ scope }: CaseContext) => scope.exchanges.map(({ step }) => step);

it('is done once for all cases of a round, while it is under way and when it is over', async () => {
  const { target, session } = await startScriptedSession();
  const tried = twoMutes();
  const [one, other, late] = ['one', 'other', 'late'].map((id) => caseOf(session, id));
  await Promise.all([one, other].map(async (context) => context && tried(context)));
  if (late) await tried(late);
  await session.released();
  expect(target.lines()).toEqual([
    'POST calls',
    'POST calls/call-1/mute',
    'POST calls/call-1/mute',
    'DELETE calls/call-1',
  ]);
});

it.each<[string, Partial<CallScope>]>([
  ['path', { path: '/app' }],
  ['repetition', { label: 'other 1', repetition: 1 }],
  ['attempt', { label: 'other again' }],
])('is done anew in another %s', async (_what, more) => {
  const { target, session } = await startScriptedSession();
  const tried = twoMutes();
  await tried(caseOf(session, 'one'));
  await tried(caseOf(session, 'other', more));
  expect(target.lines().filter((line) => line === 'POST calls')).toHaveLength(2);
  const ids = target.requests.map(({ headers }) => headers['client-request-id']);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('where others have it done', () => {
  it('tells what it has shown, and is not done once more', async () => {
    const { target, session } = await startScriptedSession();
    const tried = twoMutes();
    const underWay = tried(caseOf(session, 'one'));
    const late = caseOf(session, 'late');
    const results = await tried.ifDone(late);
    await underWay;
    expect((await results?.first())?.status).toBe(200);
    expect(steps(late)).toEqual(['create group call', 'mute']);
    expect(target.lines().filter((line) => line === 'POST calls')).toHaveLength(1);
  });

  it.each<[string, Partial<CallScope>]>([
    ['path', { path: '/app' }],
    ['attempt', { label: 'late again' }],
  ])('is not done in another %s', async (_what, more) => {
    const { session } = await startScriptedSession();
    const tried = twoMutes();
    await tried(caseOf(session, 'one'));
    expect(await tried.ifDone(caseOf(session, 'late', more))).toBeUndefined();
  });

  it('is not done where nobody has asked for it', async () => {
    const { session } = await startScriptedSession();
    expect(await twoMutes().ifDone(caseOf(session, 'one'))).toBeUndefined();
  });
});

it('shows each case what it has asked for, and what led to it', async () => {
  const { session } = await startScriptedSession();
  const tried = twoMutes();
  const [nothing, some, all] = ['nothing', 'some', 'all'].map((id) => caseOf(session, id));
  if (!nothing || !some || !all) throw new Error('there are three');
  await tried(nothing);
  await (await tried(some)).first();
  const results = await tried(all);
  expect((await results.second()).succeeded).toBe(true);
  await results.first();
  expect([nothing, some, all].map(steps)).toEqual([
    [],
    ['create group call', 'mute'],
    ['create group call', 'mute', 'mute'],
  ]);
  expect([nothing, some, all].map(({ scope }) => scope.observation.checked)).toEqual([
    [],
    [],
    ['the second mute to succeed'],
  ]);
});

it('has a step that fails fail for each case that asks for it, and for no other', async () => {
  const { session } = await startScriptedSession();
  const tried = twoMutes();
  for (const id of ['one', 'other']) {
    const results = await tried(caseOf(session, id));
    await expect(results.broken()).rejects.toThrow('this step could not be taken');
    await expect(results.second()).resolves.toMatchObject({ status: 200 });
  }
});

it('tells all who wait why its call could not be had', async () => {
  const { session } = await startScriptedSession(({ path }) => (path.endsWith('/calls') ? { status: 503 } : undefined));
  const tried = twoMutes();
  const results = await Promise.all(['one', 'other'].map((id) => tried(caseOf(session, id))));
  for (const each of results) await expect(each.second()).rejects.toThrow('could not be created');
});

it('is over at once for all who wait when the run is interrupted', async () => {
  const stop = new AbortController();
  const { session } = await startScriptedSession(
    ({ path }) => {
      if (path.endsWith('/mute')) stop.abort();
      return undefined;
    },
    {},
    { signal: stop.signal },
  );
  const tried = twoMutes();
  const results = await Promise.all(['one', 'other'].map((id) => tried(caseOf(session, id))));
  for (const each of results) await expect(each.second()).rejects.toThrow('interrupted');
});

it('is not kept for cases to come where it holds long answers', async () => {
  const { target, session } = await startScriptedSession(({ path }) =>
    path.endsWith('/mute') ? { status: 200, json: { id: 'operation', padding: 'x'.repeat(100_000) } } : undefined,
  );
  const tried = twoMutes();
  await tried(caseOf(session, 'one'));
  await tried(caseOf(session, 'other'));
  expect(target.lines().filter((line) => line === 'POST calls')).toHaveLength(2);
});

it('is done once for both paths where it is of both', async () => {
  const { target, session } = await startScriptedSession();
  const tried = experiment(
    'a mute of both paths',
    async ({ groupCall }, step) => ({ mute: await step(() => groupCall.mute()) }),
    { ofBothPaths: true },
  );
  await tried(caseOf(session, 'one'));
  const results = await tried(caseOf(session, 'other@app', { path: '/app' }));
  expect((await results.mute()).status).toBe(200);
  expect(target.lines().filter((line) => line === 'POST calls')).toHaveLength(1);
});
