import type { CallSession } from '../calls/call-session.ts';
import { CallScope } from '../calls/call-scope.ts';
import { CaseContext } from '../context.ts';
import { OncePerRound } from './once-per-round.ts';
import { type Step, stepsOf, type TakeStep } from './step.ts';

/** What is done, step by step, with calls of its own. Never throws: what goes wrong is what a step has shown. */
type Perform<Shown> = (context: CaseContext, step: TakeStep) => Promise<Shown>;

/**
 * What a case may ask of an experiment that is over: each function gives what that step has shown, or throws how it
 * failed. What a case has asked for, and what led to it, is what the case shows as its own.
 */
export type StepResults<Shown> = {
  readonly [Name in keyof Shown]: Shown[Name] extends Step<infer Value> ? () => Promise<Value> : never;
};

/** Does an experiment where nobody has done it yet, and tells the case what it has shown. */
export interface Experiment<Shown> {
  (context: CaseContext): Promise<StepResults<Shown>>;
  /** What it has shown where others have done it, or are doing it; undefined where the case would have to. */
  ifDone(context: CaseContext): Promise<StepResults<Shown> | undefined>;
}

/** An experiment that is under way, or over. */
interface Performance<Shown> {
  readonly scope: CallScope;
  readonly context: CaseContext;
  readonly shown: Promise<Shown>;
}

/** More than this to keep of one experiment is kept only until it is over, in characters. */
const longTranscript = 1024 * 1024;

/**
 * What several cases ask for in the same way, done once for all of them: on each path, in each repetition, and again
 * for those of them whose first attempt found no answer. Each case is then judged by what it asks of it. Of what is
 * recorded, each case does its own.
 * @param name as a noun that can stand in a report; no two experiments share one
 * @param ofBothPaths whether it is done once for both paths, and asks on both where both are served
 */
export function experiment<Shown extends { readonly [Name in keyof Shown]: Step<unknown> }>(
  name: string,
  perform: Perform<Shown>,
  { ofBothPaths = false }: { readonly ofBothPaths?: boolean } = {},
): Experiment<Shown> {
  const ofSessions = new WeakMap<CallSession, OncePerRound<Performance<Shown>>>();

  const pathFor = ({ path }: CallScope) => (ofBothPaths ? '/communications' : path);
  const idFor = (asking: CallScope) => `${name}${pathFor(asking) === '/app' ? '@app' : ''}`;

  function shared(asking: CallScope): Performance<Shown> {
    const { session, round, repetition } = asking;
    const known = ofSessions.get(session) ?? new OncePerRound<Performance<Shown>>();
    ofSessions.set(session, known);
    const caseId = idFor(asking);
    return known.get(caseId + round, repetition, () => {
      const scope = new CallScope(session, caseId, pathFor(asking), caseId + round, repetition);
      return begin(scope, perform, () => known.forget(caseId + round));
    });
  }

  async function resultsOf(context: CaseContext, performance: Performance<Shown>): Promise<StepResults<Shown>> {
    const ended = context.scope.time.sends();
    const shown = await performance.shown.finally(ended);
    return resultsFor(context, performance, shown);
  }

  async function ask(context: CaseContext): Promise<StepResults<Shown>> {
    const { scope } = context;
    const { session, caseId, label, repetition } = scope;
    const performance = session.everyCaseAsks
      ? begin(new CallScope(session, caseId, pathFor(scope), `${label}: ${name}`, repetition), perform)
      : shared(scope);
    return resultsOf(context, performance);
  }

  async function ifDone(context: CaseContext): Promise<StepResults<Shown> | undefined> {
    const { scope } = context;
    const performance = ofSessions.get(scope.session)?.kept(idFor(scope) + scope.round);
    return performance && resultsOf(context, performance);
  }

  return Object.assign(ask, { ifDone });
}

/** @param whenLong called where it has shown more than should be kept for cases that are still to come */
function begin<Shown>(scope: CallScope, perform: Perform<Shown>, whenLong?: () => void): Performance<Shown> {
  const context = new CaseContext(scope);
  const shown = perform(context, stepsOf(scope)).finally(() => {
    const heard = context.deliveries.reduce((sum, { size }) => sum + size, 0);
    if (scope.holdsLongAnswers || heard > longTranscript) whenLong?.();
    context.calls.release();
    scope.close();
  });
  return { scope, context, shown };
}

function resultsFor<Shown extends { readonly [Name in keyof Shown]: Step<unknown> }>(
  context: CaseContext,
  performance: Performance<Shown>,
  shown: Shown,
): StepResults<Shown> {
  let sent = 0;
  let endedAt = 0;
  context.show({
    get records() {
      return performance.scope.records.slice(0, sent);
    },
    get deliveries() {
      return performance.context.deliveries.filter(({ receivedAt }) => receivedAt <= endedAt);
    },
  });
  const functions = Object.entries<Step<unknown>>(shown).map(([name, step]) => [
    name,
    () => {
      sent = Math.max(sent, step.sent);
      endedAt = Math.max(endedAt, step.endedAt);
      context.scope.observation.checked.push(...step.checked);
      // As a rejection, so that it is awaited like anything that is asked.
      return new Promise((resolve) => resolve(step.result()));
    },
  ]);
  return Object.fromEntries(functions) as StepResults<Shown>;
}
