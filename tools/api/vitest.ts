/** The suites as tests of vitest: `import { conformance } from 'call-mute-conformance/vitest'`. */
import { afterAll, describe, test, type TestContext } from 'vitest';
import { loadCatalogue } from '../engine/catalogue/catalogue.ts';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import type { Place, RunnableCase } from '../engine/cases/suite.ts';
import type { RunOptions } from './run-options.ts';
import { type Ending, endingOf } from './vitest/ending.ts';
import { ConformanceError, pointTo } from './vitest/failure.ts';
import type { CaseRow } from './vitest/messages.ts';
import { type TestPlan, planTests } from './vitest/test-plan.ts';
import { selectionAround } from './vitest/selection.ts';
import { SharedRun, testName } from './vitest/shared-run.ts';

export type { CaseRow } from './vitest/messages.ts';

/** What the tests are about: what `run` takes, but for the signal, which vitest has itself. */
export type ConformanceOptions = Omit<RunOptions, 'signal'>;

/** What the meta data of a test has beside those of others. */
export interface ConformanceMeta {
  /** The row of the test's case in results.json, without what was sent and received. */
  conformance?: CaseRow;
}

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface TaskMeta extends ConformanceMeta {}
}

// eslint-disable-next-line @typescript-eslint/ban-ts-comment
/** @ts-ignore: where vitest 3 and 4 have them; 5 has no such package, and it may be out of reach. */
declare module '@vitest/runner' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface TaskMeta extends ConformanceMeta {}
}

/**
 * Registers a test for each case of the suites, in a `describe` for each target and suite. The first of them that runs
 * begins one run with the cases of all that are going to run; each waits for its own.
 * @throws ConfigurationError for options that are wrong, now or when vitest collects the tests; nothing has been sent
 */
export function conformance(options: ConformanceOptions = {}): void {
  const place: Place = {};
  Error.captureStackTrace(place, conformance);
  const plan = planAt(place, options);
  const run = new SharedRun(plan);
  for (const target of plan.targets) {
    describe(target, async () => {
      const cases = await plan.cases().catch((error: unknown) => {
        throw atCall(error, place);
      });
      registerTarget(target, cases, plan, run, place);
    });
  }
}

function planAt(place: Place, options: ConformanceOptions): TestPlan {
  try {
    return planTests(options);
  } catch (error) {
    throw atCall(error, place);
  }
}

function registerTarget(
  target: string,
  cases: readonly RunnableCase[],
  plan: TestPlan,
  run: SharedRun,
  place: Place,
): void {
  const waitedFor = new Set<string>();
  let failures = 0;

  const body = (planned: RunnableCase) => async (context: TestContext) => {
    if (!run.isBegun) run.begin(selectionAround(context.task, plan.targets));
    context.signal.addEventListener('abort', () => run.stop(), { once: true });
    waitedFor.add(planned.id);
    failures += 1;
    const told = await run.caseOf(target, planned.id).catch((error: unknown) => {
      throw withoutOwnFrames(error, place);
    });
    context.task.meta.conformance = told.row;
    const ending = endingOf(told, loadCatalogue().requirement(planned.requirement), plan.strict);
    if (ending.kind !== 'failed') failures -= 1;
    await end(ending, [planned.definition.place, place], context);
  };

  for (const scope of ['case', 'run'] as const) {
    // What judges the whole run waits for all else.
    for (const [suite, own] of bySuite(cases.filter((planned) => planned.scope === scope))) {
      describe(suite, () => {
        for (const planned of own) test(testName(planned), { timeout: 0, retry: 0 }, body(planned));
      });
    }
  }

  afterAll(async () => {
    if (!run.isBegun) return;
    // Vitest goes on without what it was waiting for: --bail, or the user.
    if (waitedFor.size < run.testsOf(target)) run.stop();
    const isWhole = run.testsOf(target) === cases.length;
    const ends = await run.ended().catch(() => []);
    const end = ends.find((each) => each.target === target);
    if (end === undefined || end.exitCode === 0 || failures > 0 || !isWhole || run.isStopped) return;
    throw new ConformanceError(
      {
        name: 'ConformanceFailure',
        message: `the run ended with exit code ${end.exitCode}: ${end.exitReasons.join('; ')}`,
      },
      [place],
    );
  }, 0);
}

/** Ends a test. */
async function end(ending: Ending, places: readonly Place[], context: TestContext): Promise<void> {
  switch (ending.kind) {
    case 'passed':
      if (ending.annotation !== undefined) await context.annotate(ending.annotation.text, ending.annotation.type);
      return;
    case 'skipped':
      return context.skip(ending.reason);
    case 'failed':
      throw new ConformanceError(ending, places);
  }
}

function bySuite(cases: readonly RunnableCase[]): Map<string, RunnableCase[]> {
  const suites = new Map<string, RunnableCase[]>();
  for (const planned of cases) suites.set(planned.suite, [...(suites.get(planned.suite) ?? []), planned]);
  return suites;
}

/** Why there is no run, or none any more: a mistake in the options, or a fault of the suite. */
function withoutOwnFrames(error: unknown, place: Place): ConformanceError {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return new ConformanceError({ name: name === 'ConfigurationError' ? name : 'HarnessError', message }, [place]);
}

/** A mistake in the options leads to the call that they were given to. */
function atCall(error: unknown, place: Place): unknown {
  if (error instanceof ConfigurationError) pointTo(error, [place]);
  return error;
}
