import { afterEach, describe, expect, it } from 'vitest';
import { runSuites } from '../../dev/testing/run-suites.ts';
import {
  type ScriptedReply,
  type ScriptedTarget,
  startScriptedTarget,
  targetAt,
} from '../../dev/testing/targets/scripted-target.ts';
import type { Target } from '../../engine/target/target.ts';

const open: ScriptedTarget[] = [];
afterEach(async () => {
  for (const target of open.splice(0)) await target.close();
});

const page: ScriptedReply = { status: 200, text: '<!doctype html>', headers: { 'Content-Type': 'text/html' } };
const unknown: ScriptedReply = { status: 404, text: 'Cannot POST' };

/** A stub of the answer: creates calls and answers mutes, announces nothing, and says what it is told of `/app`. */
async function startStub(app: (muted: ScriptedReply) => ScriptedReply, mute = 200): Promise<ScriptedTarget> {
  let count = 0;
  const stub = await startScriptedTarget(({ method, path }) => {
    count += 1;
    if (method === 'DELETE') return { status: 204 };
    if (path.endsWith('/calls')) return { status: 201, json: { id: `call-${count}`, state: 'established' } };
    const muted = { status: mute, json: { id: `operation-${count}`, status: 'completed' } };
    if (path.startsWith('/beta/app/')) return app(muted);
    return method === 'POST' && path.endsWith('/mute') ? muted : unknown;
  });
  open.push(stub);
  return stub;
}

function undeclared({ origin }: ScriptedTarget, over: Partial<Target> = {}): Target {
  const target = targetAt(`${origin}/beta`, { apiVersion: 'beta' });
  const { app: _nobodySays, ...capabilities } = target.capabilities;
  return { ...target, capabilities, ...over };
}

const looks = 'path.app-undeclared/serves-app-calls-id-mute-although-nobody-declared-it';
const alias = 'path.app/serves-app-calls-id-mute@app';
const onApp = 'status.success/answers-a-valid-mute-of-a-group-call-with-200@app';

describe('the deprecated path, of which nobody said anything', () => {
  it.each<[string, (muted: ScriptedReply) => ScriptedReply, number, string, string]>([
    ['is served', (muted) => muted, 200, 'satisfied', 'satisfied'],
    ['is not served', () => unknown, 200, 'violated', 'not-applicable'],
    ['leads to a page for any path', () => page, 200, 'violated', 'not-applicable'],
    ['is refused, as the present one is', () => unknown, 500, 'could-not-run', 'not-applicable'],
    [
      'is served, and the present one is not',
      () => ({ status: 200, json: { id: 'o' } }),
      500,
      'satisfied',
      'satisfied',
    ],
  ])('%s', async (_what, app, mute, expected, others) => {
    const stub = await startStub(app, mute);
    const run = await runSuites(undeclared(stub), (id) => [looks, alias, onApp].includes(id));
    expect([run.outcome(looks).kind, run.outcome(alias).kind, run.outcome(onApp).kind]).toEqual([
      expected,
      others,
      others,
    ]);
  });

  it('is looked at once, whoever asks, and the case that says so shows it', async () => {
    const stub = await startStub(() => unknown);
    const run = await runSuites(undeclared(stub), (id) => id.startsWith('path.') || id.startsWith('status.'));
    expect(stub.requests.filter(({ path }) => path.includes('/app/'))).toHaveLength(1);
    const shown = run.records.find(({ id }) => id === looks)?.exchanges ?? [];
    expect(shown.map(({ request }) => request.url).filter((url) => url.includes('/app/'))).toHaveLength(1);
    expect(run.outcome(onApp)).toMatchObject({ because: 'capability' });
  });

  it('is no way for secrets into the results where it cannot be looked at', async () => {
    const stub = await startScriptedTarget(({ headers }) => ({
      status: 403,
      json: { error: { code: 'Forbidden', message: `not with ${headers.authorization ?? ''}` } },
    }));
    open.push(stub);
    const { records } = await runSuites(undeclared(stub), (id) => [looks, alias, onApp].includes(id));
    expect(records.map(({ outcome }) => outcome.kind)).toEqual(['could-not-run', 'could-not-run', 'could-not-run']);
    for (const record of records) {
      expect(JSON.stringify(record)).toContain('not with Bearer [redacted]');
      expect(JSON.stringify(record)).not.toContain('token-of-the-test');
    }
  });
});

describe('what a target file says that there is not', () => {
  const none = { calls: { peerToPeer: 'none' }, callbacks: 'none' } as const;

  it('is not applicable, as missing coverage, and fails nothing', async () => {
    const stub = await startStub(() => unknown);
    const run = await runSuites(undeclared(stub, none), (id) =>
      /^(group|roster(?!\.not-on-refusal)|operation)/.test(id),
    );
    expect(run.ids('could-not-run')).toEqual([]);
    expect(run.ids('violated')).toEqual([]);
    expect(run.ids('satisfied')).toEqual([
      'group.two-targets/mutes-a-call-with-two-targets',
      'group.meeting/mutes-a-call-with-chatinfo-and-meetinginfo',
    ]);
    const silent = run.outcome('roster.delivered/sends-a-roster-update-after-a-mute');
    expect(silent).toMatchObject({ kind: 'not-applicable', because: 'capability' });
    const refused = run.outcome('group.peer-to-peer-refused/refuses-to-mute-a-peer-to-peer-call');
    expect(refused).toMatchObject({ kind: 'not-applicable', because: 'capability' });
    expect(stub.requests.some(({ text }) => text.includes('only user'))).toBe(false);
  });

  it('is said when it comes all the same', async () => {
    let count = 0;
    const stub = await startStub(() => unknown);
    const run = await runSuites(undeclared(stub, { ...none, calls: { group: 'none' } }), (id) => id === alias);
    expect(run.outcome(alias)).toMatchObject({ kind: 'not-applicable', because: 'capability' });
    const posted = await startScriptedTarget(async ({ path, json }) => {
      if (path.endsWith('/calls')) await posted.notify(String(json['callbackUri']));
      count += 1;
      return path.endsWith('/calls') ? { status: 201, json: { id: `call-${count}`, state: 'established' } } : unknown;
    });
    open.push(posted);
    const { session } = await runSuites(targetAt(posted.baseUrl, { callbacks: 'none' }), (id) => id === alias);
    expect(session.notes.join()).toMatch(/\d notifications? came, although .*callbacks: none/);
  });
});
