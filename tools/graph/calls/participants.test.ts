import { describe, expect, it } from 'vitest';
import type { ScriptedReply } from '../../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../../dev/testing/targets/scripted-session.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { readParticipants } from './participants.ts';

/** Reads the participants of the call `c` from a target that answers so; the target and what was read. */
async function read(answer: (path: string) => ScriptedReply) {
  const { target, scope } = await startScriptedSession(({ path }) =>
    answer(path.replace('/v1.0/communications/calls/c/', '')),
  );
  return { target, reading: readParticipants(scope(), 'c') };
}

const page = (ids: readonly string[], nextLink?: unknown): ScriptedReply => ({
  status: 200,
  json: { value: ids.map((id) => ({ id })), ...(nextLink !== undefined && { '@odata.nextLink': nextLink }) },
});

describe('readParticipants', () => {
  it.each<[string, string]>([
    ['an absolute URL', 'http://gateway.example/v1.0/communications/calls/c/participants?$skiptoken=2'],
    ['a path', '/v1.0/communications/calls/c/participants?$skiptoken=2'],
    ['a relative reference', 'participants?$skiptoken=2'],
  ])('goes on where @odata.nextLink is %s, at the origin of the target', async (_what, nextLink) => {
    const { target, reading } = await read((path) =>
      path === 'participants' ? page(['a', 'b'], nextLink) : page(['c'], null),
    );
    expect((await reading)?.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(target.lines()).toEqual(['GET calls/c/participants', 'GET calls/c/participants?$skiptoken=2']);
  });

  it.each<[string, ScriptedReply]>([
    ['refused', { status: 404 }],
    ['no collection', { status: 200, json: { value: {} } }],
    ['no JSON', { status: 200, text: 'x' }],
  ])('has nothing where any page is %s', async (_what, reply) => {
    expect(await (await read(() => reply)).reading).toBeUndefined();
    const second = await read((path) => (path === 'participants' ? page(['a'], 'participants?2') : reply));
    expect(await second.reading).toBeUndefined();
  });

  it('gives up on pages without end', async () => {
    const { target, reading } = await read(() => page(['a'], 'participants'));
    await expect(reading).rejects.toThrow(CouldNotRun);
    expect(target.requests).toHaveLength(50);
  });

  it('does not ask for a page that has no path', async () => {
    const { reading } = await read(() => page(['a'], 'mailto:somebody@example.com'));
    await expect(reading).rejects.toThrow(CouldNotRun);
  });
});
