import { describe, expect, it } from 'vitest';
import { embeddedTarget } from '../../api/run/embedded-target.ts';
import type { Deviation } from '../../emulator/deviation.ts';
import { findFault, findVariant } from '../../emulator/find-deviation.ts';
import { startEmulatorServer } from '../../emulator/start.ts';
import type { Target } from '../target/target.ts';
import { runSuites, type SuitesRun } from '../../dev/testing/run-suites.ts';
import type { TargetRecording } from './cassette.ts';
import { ReplayIo } from './replay.ts';
import { replayedTarget } from './recorded-target.ts';
import { Recorder } from './recorder.ts';

/** Short, since a replay has to be right however near to its timeouts a recording is. */
const timeouts: Target['timeouts'] = { requestMs: 2_000, notificationMs: 800, quietMs: 60, throttleMs: 5_000 };

interface Recorded {
  readonly run: SuitesRun;
  /** As it comes out of a file. */
  readonly tape: TargetRecording;
  readonly secrets: readonly string[];
}

async function record(deviation: Deviation | undefined, chosen?: (id: string) => boolean): Promise<Recorded> {
  const emulator = await startEmulatorServer(deviation === undefined ? {} : { deviation });
  try {
    const callback = { host: '127.0.0.1', port: 0, tls: false };
    const target = embeddedTarget(emulator, 'beta', timeouts, callback, deviation);
    const recorder = new Recorder(target);
    const run = await runSuites(target, chosen, undefined, recorder);
    const tape = await recorder.tape(run.session.secrets.redactor);
    return { run, tape: JSON.parse(JSON.stringify(tape)) as TargetRecording, secrets: target.secrets };
  } finally {
    await emulator.close();
  }
}

function replay(tape: TargetRecording, chosen?: (id: string) => boolean): Promise<SuitesRun> {
  const target = replayedTarget(tape, 'a replay');
  return runSuites(target, chosen, undefined, new ReplayIo(tape, target, 'run.json'));
}

/**
 * How each case ended, with all that was said of it; but for why it could not run, for what is given as an example and
 * for how far a walk got that was out of time: how far a case came and which came first depends on how busy the machine
 * was, and steps that only read may be more in a replay.
 */
function outcomes({ records }: SuitesRun) {
  return Object.fromEntries(
    records.map(({ id, outcome, firstAttempt }) => {
      const { kind } = outcome;
      const said = JSON.stringify(outcome)
        .replace(/, for example .*/, '')
        .replace(/walked [^;]*(?=; no further)/, 'walked');
      return [id, { kind, said: kind === 'could-not-run' ? '' : said, again: firstAttempt !== undefined }];
    }),
  );
}

/** What was counted; how long throttling was waited for depends a little on how busy the machine was. */
function figures({ session }: SuitesRun) {
  const { throttleWaitMs, ...counted } = session.traffic();
  return { ...counted, waited: throttleWaitMs > 0 };
}

function ofRequirements(...requirements: readonly string[]): (id: string) => boolean {
  return (id) => requirements.some((requirement) => id.startsWith(requirement));
}

/** With each, the requirements it breaks and a few that it does not. */
const deviations: readonly [name: string, deviation: Deviation, ...requirements: string[]][] = [
  ['answers that are torn', findFault('every-tenth-answer-torn'), 'transport', 'status', 'response', 'context.echo'],
  ['requests that are not answered', findFault('every-tenth-request-torn'), 'transport', 'auth', 'location'],
  ['missing notifications', findFault('roster-missing'), 'roster', 'state', 'transport'],
  ['late notifications', findFault('roster-late'), 'roster.delivered', 'roster.self-muted', 'roster.no', 'concurrency'],
  ['notifications that come astray', findFault('roster-to-every-callback'), 'roster', 'concurrency'],
  ['updates before any mute', findFault('first-roster-muted'), 'roster'],
  ['a refused mute that mutes', findFault('unauthorized-mute-mutes'), 'auth', 'roster.not-on', 'roster.unsolicited'],
  ['altered callbacks', findFault('callback-without-query'), 'roster.callback', 'roster.method', 'roster.json'],
  ['foreign tokens', findFault('callback-token-foreign'), 'roster.authenticated'],
  ['a repeated token', findFault('error-quotes-token'), 'error.no-secret', 'error.body'],
  ['headers that come twice', findFault('location-doubled'), 'location'],
  ['errors that are no JSON', findFault('error-body-html'), 'error', 'body'],
  ['operations without an end', findFault('operation-never-completes'), 'operation', 'response'],
  ['wrong echoes', findFault('client-context-trimmed'), 'context'],
  ['throttled requests', findVariant('requests-throttled'), 'status', 'context', 'state'],
  ['asynchronous operations', findVariant('operation-asynchronous'), 'operation', 'response', 'location'],
  ['calls that are only read', findVariant('call-told-by-reading'), 'status', 'state', 'group'],
  ['calls that tell nothing', findVariant('call-state-untold'), 'status.success', 'state.participants', 'roster.json'],
];

// The run on the healthy emulator is recorded in whole by the command line (command-line.long.test.ts).
describe('replay(record(run))', { timeout: 60_000 }, () => {
  it.each(deviations)('ends as the run with %s', async (...[, deviation, ...requirements]) => {
    const ofThese = ofRequirements(...requirements);
    const chosen = (id: string) => ofThese(id) && !id.endsWith('@app');
    const { run, tape, secrets } = await record(deviation, chosen);
    const again = await replay(tape, chosen);
    expect(run.records.length).toBeGreaterThan(0);
    expect(outcomes(again)).toEqual(outcomes(run));
    expect(figures(again)).toEqual(figures(run));
    const text = JSON.stringify(tape);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toMatch(/eyJ[\w-]+\./);
  });

  it('waits through all timeouts of a silent target in no time', async () => {
    const chosen = ofRequirements('roster.delivered', 'roster.self-muted');
    const { tape } = await record(findFault('roster-missing'), chosen);
    const slow = { ...tape.target, timeouts: { ...timeouts, notificationMs: 3_600_000 } };
    const again = await replay({ ...tape, target: slow }, chosen);
    expect(again.ids('violated').length).toBe(4);
  });
});

describe('a cassette that does not have it all', () => {
  it('leaves cases that it has not could-not-run, with their reason, and the others as they were', async () => {
    const chosen = ofRequirements('status.success', 'response.id');
    const { run, tape } = await record(undefined, ofRequirements('status.success'));
    const again = await replay(tape, chosen);
    const recorded = run.records.map(({ id }) => id);
    const missing = again.records.map(({ id }) => id).filter((id) => !recorded.includes(id));
    expect(missing.length).toBeGreaterThan(0);
    expect(again.ids('could-not-run')).toEqual(missing);
    expect(again.outcome('response.id/gives-the-operation-an-id')).toEqual({
      kind: 'could-not-run',
      reason: 'the cassette run.json has no recording of this case; record it again to get one',
    });
    for (const id of run.ids('satisfied')) expect(again.outcome(id)).toEqual({ kind: 'satisfied' });
  });

  it('answers polling with what it answered last, however often it is asked', async () => {
    const chosen = ofRequirements('state.participants');
    const { tape } = await record(undefined, chosen);
    const isFirst = new Set<string>();
    const exchanges = tape.exchanges.filter(({ case: label, step }) => {
      if (step !== 'list participants') return true;
      const isNew = !isFirst.has(label);
      isFirst.add(label);
      return isNew;
    });
    expect(exchanges.length).toBeLessThan(tape.exchanges.length);
    const again = await replay({ ...tape, exchanges }, chosen);
    // The roster of before the mute is all there is: it is read again and again, and never says muted.
    expect(again.ids('violated').length).toBeGreaterThan(0);
    expect(again.ids('could-not-run')).toEqual([]);
  });
});
