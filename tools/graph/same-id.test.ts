import { afterEach, expect, it } from 'vitest';
import {
  openSession,
  type ScriptedTarget,
  startScriptedTarget,
  targetAt,
} from '../dev/testing/targets/scripted-target.ts';
import { reach } from './reach.ts';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

type Id = (kind: 'group' | 'peerToPeer', count: number) => string;

async function startCreating(id: Id): Promise<ScriptedTarget> {
  let count = 0;
  const target = await startScriptedTarget(({ method, path, json }) => {
    if (method !== 'POST' || !path.endsWith('/calls')) return { status: 204 };
    count += 1;
    const kind = Array.isArray(json['targets']) && json['targets'].length === 1 ? 'peerToPeer' : 'group';
    return { status: 201, json: { id: id(kind, count), state: 'established' } };
  });
  open.push(target);
  return target;
}

it.each<[string, Id, RegExp | undefined]>([
  ['ids of their own', (_kind, count) => `call-${count}`, undefined],
  ['one id', () => 'only', /^two group calls have the same id, only,/],
  ['one for group and peer-to-peer', (_kind, count) => ['a', 'b', 'a'][count - 1] ?? 'c', /the same id/],
])('calls that get %s', async (_what, id, problem) => {
  const target = await startCreating(id);
  const session = await openSession(targetAt(target.baseUrl, { timeouts: { notificationMs: 100 } }));
  await reach(session);
  await session.finish();
  if (problem === undefined) expect(session.unreachable).toBeUndefined();
  else expect(session.unreachable?.problem).toMatch(problem);
  const [created, deleted] = ['POST', 'DELETE'].map((method) =>
    target.lines().filter((line) => line.startsWith(method)),
  );
  expect(deleted).toHaveLength(created?.length ?? 0);
});

it('a call that is given and has the id of one that is created', async () => {
  const target = await startCreating(() => 'kept');
  const session = await openSession(targetAt(target.baseUrl, { calls: { group: { id: 'kept' } } }));
  await reach(session);
  await session.finish();
  expect(session.unreachable?.problem).toBe(
    'a group call and a peer-to-peer call have the same id, kept, although both are there',
  );
});
