import { afterEach, expect, it } from 'vitest';
import { suites } from '../../../suites/index.ts';
import { embeddedTarget } from '../../api/run/embedded-target.ts';
import { findFault } from '../../emulator/find-deviation.ts';
import { type EmulatorServer, startEmulatorServer } from '../../emulator/start.ts';
import { machineClock } from '../target/clock.ts';
import { requestMsOf } from '../results/request-time.ts';
import type { SessionIo } from '../target/session-io.ts';
import { muteOperation } from '../../graph/mute-operation.ts';
import { TranscriptRoom } from './transcript.ts';
import { defaultTimeouts } from '../target/target.ts';
import { realIo } from '../target/real-io.ts';
import { casesOf } from '../cases/suite.ts';
import { runCase } from './run-case.ts';

let emulator: EmulatorServer | undefined;
afterEach(() => emulator?.close());

it('calls no fault of the suite what is interrupted while a case waits between two readings', async () => {
  const deviation = findFault('participants-stale');
  emulator = await startEmulatorServer({ deviation });
  const stop = new AbortController();
  let slept = 0;
  const io: SessionIo = {
    ...realIo,
    clock: {
      ...machineClock,
      sleep(ms, signal) {
        slept += 1;
        const sleeping = machineClock.sleep(ms, signal);
        stop.abort();
        return sleeping;
      },
    },
  };
  const callback = { host: '127.0.0.1', port: 0, tls: false };
  const target = embeddedTarget(emulator, 'beta', defaultTimeouts, callback, deviation);
  const startedAt = io.clock.now();
  const options = { seed: 1, concurrency: 4, keepCalls: false, signal: stop.signal, startedAt, io };
  const session = await muteOperation.openSession(target, options);
  const planned = casesOf(suites).find(({ id }) => id.startsWith('state.participants/'));
  if (planned === undefined) throw new Error('the suites have other cases');
  try {
    await muteOperation.reach(session);
    const { outcome } = await runCase(
      { planned, session, operation: muteOperation, room: new TranscriptRoom() },
      0,
      session.secrets.redactor,
    );
    expect({ outcome, slept }).toEqual({
      outcome: { kind: 'could-not-run', reason: 'the run was interrupted' },
      slept: 1,
    });
  } finally {
    await session.finish();
  }
});

it('leaves out the transcript of a case that held, where only those of others are kept, and says what it had', async () => {
  emulator = await startEmulatorServer();
  const callback = { host: '127.0.0.1', port: 0, tls: false };
  const target = embeddedTarget(emulator, 'beta', defaultTimeouts, callback, undefined);
  const { signal } = new AbortController();
  const startedAt = realIo.clock.now();
  const options = { seed: 1, concurrency: 4, keepCalls: false, signal, startedAt, io: realIo };
  const session = await muteOperation.openSession(target, options);
  const planned = casesOf(suites).find(({ id }) => id.startsWith('roster.delivered/'));
  if (planned === undefined) throw new Error('the suites have other cases');
  const run = (kept: 'all' | 'failures') =>
    runCase(
      { planned, session, operation: muteOperation, room: new TranscriptRoom(kept) },
      0,
      session.secrets.redactor,
    );
  try {
    const [whole, short] = [await run('all'), await run('failures')];
    const { exchanges, notifications } = whole;
    expect([whole.outcome.kind, whole.omitted, exchanges.length > 0]).toEqual(['satisfied', undefined, true]);
    const requestMs = Math.round(requestMsOf(exchanges) * 10) / 10;
    const omitted = { exchanges: exchanges.length, notifications: notifications.length, requestMs };
    expect(short).toMatchObject({ outcome: { kind: 'satisfied' }, exchanges: [], notifications: [], omitted });
  } finally {
    await session.finish();
  }
});
