import { suites } from './index.ts';
import { describe, expect, it } from 'vitest';
import './transport.ts';
import { ExpectationFailure } from '../tools/engine/cases/expect.ts';
import { Expectations } from '../tools/graph/expectations.ts';
import { casesOf } from '../tools/engine/cases/suite.ts';
import type { RunContext } from '../tools/graph/run-context.ts';
import { embeddedTarget } from '../tools/api/run/embedded-target.ts';
import { startEmulatorServer } from '../tools/emulator/start.ts';
import { CouldNotRun, Indeterminate, NotApplicable } from '../tools/engine/target/could-not-run.ts';
import type { SessionIo } from '../tools/engine/target/session-io.ts';
import { defaultTimeouts, type Target } from '../tools/engine/target/target.ts';
import { realIo } from '../tools/engine/target/real-io.ts';
import { runSuites } from '../tools/dev/testing/run-suites.ts';

const planned = casesOf(suites).find(({ requirement }) => requirement === 'transport.answered');

/** What a run of these requests says of the promise; undefined when it holds. */
async function judged(counts: Partial<RunContext>): Promise<unknown> {
  if (planned?.scope !== 'run') throw new Error('transport.answered is not judged over the whole run');
  const context: RunContext = {
    ...new Expectations({ checked: [] }),
    target: {} as Target,
    requests: 0,
    answered: 0,
    unanswered: 0,
    unconnected: 0,
    unansweredExamples: ['POST /communications/calls: the connection ended before an answer'],
    unreachable: undefined,
    givenUp: undefined,
    unsolicited: [],
    successes: 0,
    notJson: [],
    callsHeard: 0,
    callsReported: 0,
    ...counts,
  };
  return planned.definition.body(context).catch((error: unknown) => error);
}

const hanging = 'the target was given up: 8 requests one after another were left without an answer';

describe('transport.answered', () => {
  it.each<[string, Partial<RunContext>]>([
    ['all are answered', { requests: 300, answered: 300 }],
    ['two are not', { requests: 10, answered: 8, unanswered: 2 }],
    ['1 % is not', { requests: 300, answered: 297, unanswered: 3 }],
    ['a connection was refused once', { requests: 300, answered: 299, unconnected: 1 }],
  ])('holds where %s', async (_title, counts) => {
    expect(await judged(counts)).toBeUndefined();
  });

  it.each<[string, Partial<RunContext>, new (...rest: never[]) => Error]>([
    [
      'is broken by more than two and more than 1 %',
      { requests: 299, answered: 296, unanswered: 3 },
      ExpectationFailure,
    ],
    [
      'is broken by a target that hangs after its first answer',
      { requests: 9, answered: 1, unanswered: 8, givenUp: hanging },
      ExpectationFailure,
    ],
    [
      'cannot be judged of a target that is not there',
      { requests: 1, unconnected: 1, unreachable: 'POST …: nothing listens' },
      CouldNotRun,
    ],
    [
      'cannot be judged of a target that answers nothing',
      { requests: 2, unanswered: 2, givenUp: hanging },
      CouldNotRun,
    ],
    ['cannot be judged of what is no HTTP', { requests: 4 }, CouldNotRun],
    ['does not arise where nothing was sent', {}, NotApplicable],
    [
      'is open of a target that died in mid-run',
      { requests: 400, answered: 100, unanswered: 2, unconnected: 298 },
      Indeterminate,
    ],
    [
      'is open of a target that was given up late',
      { requests: 900, answered: 892, unanswered: 8, givenUp: hanging },
      Indeterminate,
    ],
  ])('%s', async (_title, counts, kind) => {
    expect(await judged(counts)).toBeInstanceOf(kind);
  });

  it('never holds of a target that dies in mid-run', async () => {
    const emulator = await startEmulatorServer();
    const target = embeddedTarget(emulator, 'beta', defaultTimeouts, { host: '127.0.0.1', port: 0, tls: false });
    let sent = 0;
    const io: SessionIo = {
      ...realIo,
      async announce() {
        sent += 1;
        if (sent === 20) await emulator.close();
      },
    };
    const chosen = (id: string) => /^(status|location|transport)\./.test(id);
    const { ids, outcome } = await runSuites(target, chosen, undefined, io);
    // What was under way when it died decides between the two.
    expect(outcome('transport.answered/answers-its-requests').kind).toMatch(/^(broken|indeterminate)$/);
    expect(ids('harness-error')).toEqual([]);
  });
});
