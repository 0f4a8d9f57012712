import { cutText } from '../catalogue/cut-text.ts';
import { loadCatalogue } from '../catalogue/catalogue.ts';
import type { CaseRecord, Outcome } from '../results/outcome.ts';
import type { Redactor } from '../http/redaction.ts';
import type { Attempt } from '../results/results.ts';
import { lookAtApp } from '../../graph/app-path.ts';
import { CaseScope } from '../target/case-scope.ts';
import { CouldNotRun, Indeterminate, Interrupted, NotApplicable } from '../target/could-not-run.ts';
import { isCapability } from '../target/target.ts';
import type { TargetSession } from '../target/session.ts';
import { TransportFault } from '../http/transport-fault.ts';
import type { RunnableCase } from '../cases/suite.ts';
import { CaseContext } from '../../graph/context.ts';
import { ExpectationFailure } from '../cases/expect.ts';
import { runContext } from '../cases/run-context.ts';
import { cutTranscript, notificationRecords, TranscriptRoom } from './transcript.ts';

/** Sentences may quote what a target sent: an id of megabytes, say. */
function sentence(text: string): string {
  return text.length > 2_000 ? `${cutText(text, 2_000)}… (${text.length} characters)` : text;
}

/** The outcome that an error stands for. Anything that is not of this project's making is a fault of the suite. */
function outcomeOf(error: unknown): Outcome {
  if (error instanceof ExpectationFailure) {
    const { expectation, actual, hint } = error;
    return {
      kind: 'broken',
      expectation: sentence(expectation),
      actual: sentence(actual),
      ...(hint !== undefined && { hint: sentence(hint) }),
    };
  }
  if (error instanceof CouldNotRun || error instanceof Interrupted)
    return { kind: 'could-not-run', reason: sentence(error.message) };
  if (error instanceof NotApplicable)
    return { kind: 'not-applicable', because: error.because, reason: sentence(error.message) };
  if (error instanceof TransportFault || error instanceof Indeterminate)
    return { kind: 'indeterminate', reason: sentence(error.message) };
  const text = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
  return { kind: 'harness-error', reason: `a fault of the suite, not of the target: ${text.slice(0, 2000)}` };
}

/** What keeps a case of the deprecated path from applying; where nobody declared that path, it is looked at. */
async function inapplicabilityOfApp(session: TargetSession): Promise<Outcome | undefined> {
  const { apiVersion, capabilities } = session.target;
  if (apiVersion !== 'beta') {
    return { kind: 'not-applicable', because: 'version', reason: `/app does not exist on ${apiVersion}` };
  }
  const declared = capabilities.app;
  if (declared === true) return undefined;
  try {
    if (declared === undefined && (await lookAtApp(session)).served) return undefined;
  } catch (error) {
    return outcomeOf(error);
  }
  return {
    kind: 'not-applicable',
    because: 'capability',
    reason: `the target does not declare the capability app${declared === undefined ? ', and does not serve /app' : ''}`,
  };
}

/** What keeps a case from applying to a target before anything is sent for it; undefined when it applies. */
async function inapplicability(planned: RunnableCase, session: TargetSession): Promise<Outcome | undefined> {
  const { target } = session;
  if (planned.path === '/app') {
    const ofApp = await inapplicabilityOfApp(session);
    if (ofApp !== undefined) return ofApp;
  }
  const { capability } = loadCatalogue().requirement(planned.requirement);
  const needs = [capability, ...(planned.scope === 'case' ? (planned.definition.options.needs ?? []) : [])];
  for (const need of needs) {
    if (need === 'unprivilegedToken' && target.unprivilegedToken === undefined) {
      return { kind: 'not-applicable', because: 'capability', reason: 'the target file gives no unprivilegedToken' };
    }
    // What is undeclared of /app was looked at already.
    if (isCapability(need) && target.capabilities[need] === false) {
      return {
        kind: 'not-applicable',
        because: 'capability',
        reason: `the target does not declare the capability ${need}`,
      };
    }
  }
  return undefined;
}

/**
 * One attempt of a case, from its calls to their end.
 * @param isRepeated a case that holds again has nothing to tell that the first time has not told
 */
async function attempt(
  planned: RunnableCase,
  session: TargetSession,
  label: string,
  room: TranscriptRoom,
  isRepeated: boolean,
) {
  const scope = new CaseScope(session, planned.id, planned.path, label);
  const context = new CaseContext(scope);
  let outcome: Outcome;
  try {
    if (planned.scope === 'case') await planned.definition.body(context);
    else await planned.definition.body(runContext(session, scope.observation));
    const { observed } = scope.observation;
    outcome = { kind: 'held', ...(observed !== undefined && { observed: sentence(observed) }) };
  } catch (error) {
    outcome = outcomeOf(error);
  }
  const durationMs = scope.time.elapsedMs();
  const checked = scope.observation.checked.map(sentence);
  const isLeftOut = isRepeated && outcome.kind === 'held';
  const came = notificationRecords(room.isClosed || isLeftOut ? [] : context.calls, session, room.forCase);
  context.release();
  scope.close();
  if (room.isClosed || isLeftOut) {
    return { outcome, checked, durationMs, exchanges: [], notifications: [], truncated: isLeftOut };
  }
  const kept = cutTranscript({ exchanges: scope.exchanges, notifications: came.notifications }, room.forCase);
  room.take(kept.length);
  return {
    outcome,
    checked,
    durationMs,
    exchanges: kept.exchanges,
    notifications: kept.notifications,
    truncated: !(came.complete && kept.whole),
  };
}

/**
 * Runs a case on a target. A case whose request was reset, torn or left hanging runs once more from the start, with
 * calls of its own; the second attempt counts and the first is recorded (design, section 5). Never throws.
 * @param room for what was sent and what came
 */
export async function runCase(
  planned: RunnableCase,
  session: TargetSession,
  repetition: number,
  redactor: Redactor,
  room = new TranscriptRoom(),
): Promise<CaseRecord> {
  const record = { target: session.target.name, id: planned.id, repetition };
  const excused = await inapplicability(planned, session);
  if (excused !== undefined) {
    return { ...record, outcome: excused, checked: [], durationMs: 0, exchanges: [], notifications: [] };
  }
  const label = repetition === 0 ? planned.id : `${planned.id} ${repetition}`;
  const isRepeated = repetition > 0;
  let run = await attempt(planned, session, label, room, isRepeated);
  let firstAttempt: Attempt | undefined;
  let { durationMs, truncated } = run;
  if (run.outcome.kind === 'indeterminate' && planned.scope === 'case' && !session.signal.aborted) {
    firstAttempt = { verdict: 'indeterminate', reason: run.outcome.reason, exchanges: run.exchanges };
    run = await attempt(planned, session, `${label} again`, room, isRepeated);
    durationMs += run.durationMs;
    truncated ||= run.truncated;
  }
  const redacted = redactor.deep({
    outcome: run.outcome,
    checked: run.checked,
    ...(firstAttempt && { firstAttempt }),
    durationMs: Math.round(durationMs),
    exchanges: run.exchanges,
    notifications: run.notifications,
    ...(truncated && { truncated }),
  });
  // A name of the target that is also the beginning of its token stays what it is.
  return { ...record, ...redacted };
}
