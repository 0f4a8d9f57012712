import { type CaseOptions, defineSuite as define, type Suite, type SuiteDefinition } from '../engine/cases/suite.ts';
import type { CaseContext } from './context.ts';
import type { RunContext } from './run-context.ts';

/** A suite about calls. */
export type CallSuite = Suite<CaseContext, RunContext>;

/** Begins a suite about calls: `check` and `checkWholeRun` add its cases. */
export const defineSuite: (
  name: string,
  defaults?: Pick<CaseOptions, 'waits' | 'sharesCall'>,
) => SuiteDefinition<CaseContext, RunContext> = define<CaseContext, RunContext>;
