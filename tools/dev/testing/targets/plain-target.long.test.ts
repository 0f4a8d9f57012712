import { createServer } from 'node:net';
import { describe, expect, it, type TestContext } from 'vitest';
import { type CliRun, runCli } from '../run-cli.ts';
import {
  keptCalls,
  ownParticipant,
  type PlainTarget,
  type PlainTargetOptions,
  startPlainTarget,
} from './plain-target.ts';

/** A port that nobody listens on just now: a call that is kept has to know its callback beforehand. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

type Source = { id: string; participantId?: string } | { command: string };
type Sources = Partial<Record<keyof typeof keptCalls, Source>>;

/** All calls that the target keeps, with the participants it does not name itself. */
const allKept: Sources = Object.fromEntries(
  Object.entries(keptCalls).map(([kind, id]) => [kind, { id, participantId: ownParticipant(id) }]),
);

interface Ladder {
  readonly calls: (target: PlainTarget) => Sources;
  readonly options?: Omit<PlainTargetOptions, 'callbackBase'>;
  /** Whether the calls know their callback. */
  readonly notified?: boolean;
  readonly words?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

async function judge(
  { calls, options = {}, notified = true, words = [], files = {} }: Ladder,
  onTestFinished: TestContext['onTestFinished'],
) {
  const port = await freePort();
  const callbackBase = `http://127.0.0.1:${port}`;
  const target = await startPlainTarget({ ...options, ...(notified && { callbackBase }) });
  onTestFinished(() => target.close());
  const described = {
    name: 'plain',
    baseUrl: target.baseUrl,
    token: '${PLAIN_TOKEN}',
    capabilities: { unmute: options.unmute ?? false, tokenValidation: true },
    calls: calls(target),
    callback: { listen: `127.0.0.1:${port}` },
    timeouts: { notification: '2s', quiet: '40ms' },
  };
  const run = await runCli(
    ['--target', 'plain.yaml', '--report-dir', 'reports', '--formats', 'junit', ...words],
    { 'plain.yaml': JSON.stringify(described), ...files },
    { PLAIN_TOKEN: target.token },
  );
  return { run, target };
}

/** The cases that ended so, by their reasons. */
function reasons(run: CliRun, verdict: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id, verdict: is, reason = '' } of run.results().cases) {
    if (is === verdict) found.set(reason, [...(found.get(reason) ?? []), id]);
  }
  return found;
}

/** Nothing failed, nothing went by in silence: what could not run says what to provide. */
function expectHonest(run: CliRun): void {
  const { cases, summary } = run.results();
  const verdicts = new Set(cases.map(({ verdict }) => verdict));
  expect([...verdicts].filter((verdict) => !['passed', 'could-not-run', 'not-applicable'].includes(verdict))).toEqual(
    [],
  );
  for (const reason of reasons(run, 'could-not-run').keys()) {
    expect(reason).toMatch(
      /let calls be made for each case|declare unmute|give calls\.|how calls are made: calls\.|callbackUri has to be/,
    );
  }
  for (const reason of reasons(run, 'not-applicable').keys()) expect(reason).not.toBe('');
  expect(summary.verdict).toBe('incomplete');
  expect(run.stderr).not.toMatch(/\bat .*\.(js|ts):\d+/);
}

// They wait far more than they work.
describe.concurrent('a plain target, from step to step of the fixture ladder', { timeout: 120_000 }, () => {
  it('cannot be provisioned when it is given no calls and creates none', async ({ onTestFinished }) => {
    const { run } = await judge({ calls: () => ({}) }, onTestFinished);
    expect(run.exitCode).toBe(4);
    expect(run.stdout).toContain('POST /communications/calls was answered 404');
    expect(run.stdout).toMatch(/say in the target\s+file how calls are made: calls\.group/);
    expectHonest(run);
  });

  it('shows with one call what one call can show', async ({ onTestFinished }) => {
    const { run, target } = await judge({ calls: () => ({ group: { ...allKept.group } as Source }) }, onTestFinished);
    expect(run.exitCode).toBe(3);
    expectHonest(run);
    const missing = [...reasons(run, 'could-not-run').keys()].join('\n');
    expect(missing).toContain('how calls are made: calls.peerToPeer with command or id, or none');
    expect(missing).toContain('how calls are made: calls.meeting with command or id, or none');
    expect(missing).toContain('this case needs a second group call');
    expect(missing).toContain('this case deletes its call');
    expect(missing).toContain('declare unmute in the target file');
    expect(run.results().summary.must.passed).toBeGreaterThan(80);
    expect(target.calls.size).toBe(3);
    expect(target.requests.filter((line) => /^DELETE (?!.*mute$)/.test(line))).toEqual([]);
  });

  it('shows nearly all with calls that are kept and can be unmuted', async ({ onTestFinished }) => {
    const { run, target } = await judge({ calls: () => allKept, options: { unmute: true } }, onTestFinished);
    expect(run.exitCode).toBe(3);
    expectHonest(run);
    expect([...reasons(run, 'could-not-run').values()].flat().map((id) => id.split('/')[0])).toEqual([
      'status.ended-call',
      'status.never-5xx',
      'roster.no-crosstalk',
      'state.other-call',
      'concurrency.many-calls',
    ]);
    expect([...target.calls.values()].map(({ muted }) => muted)).toEqual([false, false, false]);
  });

  it('is not blamed for calls that were muted before, and nobody can unmute', async ({ onTestFinished }) => {
    const { run } = await judge(
      {
        calls: () => allKept,
        options: { startsMuted: true },
        words: ['--suite', 'roster-notification,authentication,state'],
      },
      onTestFinished,
    );
    expect(run.exitCode).toBe(3);
    expectHonest(run);
    expect([...reasons(run, 'could-not-run').values()].flat()).toContain(
      'roster.delivered/sends-a-roster-update-after-a-mute',
    );
  });

  it('is not blamed for calls that do not know their callback', async ({ onTestFinished }) => {
    const { run } = await judge(
      {
        calls: () => allKept,
        notified: false,
        options: { unmute: true },
        words: ['--suite', 'roster-notification'],
      },
      onTestFinished,
    );
    expect(run.exitCode).toBe(3);
    expectHonest(run);
    const [reason] = reasons(run, 'could-not-run').keys();
    expect(reason).toMatch(/its callbackUri has to be http:\/\/127\.0\.0\.1:\d+\/callbacks\/shared\/room%2042%2F/);
  });

  it('is not blamed when nobody can tell its own participant', async ({ onTestFinished }) => {
    const calls = () => ({ group: { id: keptCalls.group } });
    const words = ['--requirement', 'roster.self-muted,roster.delivered,roster.json'];
    const { run } = await judge({ calls, words, options: { anonymous: true, unmute: true } }, onTestFinished);
    const of = (id: string) => run.results().cases.find((one) => one.id.startsWith(id) && !one.id.endsWith('@app'));
    expect(of('roster.self-muted')).toMatchObject({
      verdict: 'could-not-run',
      reason: expect.stringContaining('give applicationId') as string,
    });
    expect(of('roster.delivered')?.verdict).toBe('passed');
    expect(of('roster.json')?.verdict).toBe('passed');
  });

  it('is all there with a command that makes calls', async ({ onTestFinished }) => {
    const makeRoom = `
      const { CALL_MUTE_CALL_KIND: kind, CALL_MUTE_CALLBACK_URI: callbackUri } = process.env;
      const request = require('node:http').request(process.argv[2] + '/rooms', { method: 'POST' }, (answer) => answer.pipe(process.stdout));
      request.end(JSON.stringify({ kind, callbackUri }));`;
    const words = [
      'status.ended-call,group.two-targets,group.meeting,group.peer-to-peer-refused',
      'roster.self-muted,roster.no-crosstalk,operation.pending-completes',
    ].flatMap((ids) => ['--requirement', ids]);
    const { run, target } = await judge(
      {
        calls: ({ origin }) =>
          Object.fromEntries(
            Object.keys(keptCalls).map((kind) => [kind, { command: `"${process.execPath}" make-room.cjs ${origin}` }]),
          ),
        files: { 'make-room.cjs': makeRoom },
        words,
      },
      onTestFinished,
    );
    expect(run.stdout).toContain('7 passed');
    expect(run.exitCode).toBe(0);
    expect([...target.calls.values()].every(({ isKept }) => isKept)).toBe(true);
    expect(run.results().run).toMatchObject({ complete: true });
  });
});
