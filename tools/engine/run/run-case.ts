import { cutText } from '../catalogue/cut-text.ts';
import type { CaseRecord, Outcome } from '../results/outcome.ts';
import type { Redactor } from '../http/redaction.ts';
import { requestMsOf } from '../results/request-time.ts';
import type { Attempt, OmittedTranscript } from '../results/results.ts';
import type { CaseScope } from '../target/case-scope.ts';
import type { Observation } from '../target/observation.ts';
import { CouldNotRun, Indeterminate, Interrupted, NotApplicable } from '../target/could-not-run.ts';
import type { TargetSession } from '../target/session.ts';
import { TransportFault } from '../http/transport-fault.ts';
import type { RunnableCase } from '../cases/suite.ts';
import { ExpectationFailure } from '../cases/expect.ts';
import type { CaseAttempt, Operation } from './operation.ts';
import type { TranscriptRoom } from './transcript.ts';
import { undeclaredNeed } from './undeclared-need.ts';
import { cutTranscript, notificationLimit, notificationRecords } from './transcript.ts';

/** Sentences may quote what a target sent: an id of megabytes, say. */
function sentence(text: string): string {
  return text.length > 2_000 ? `${cutText(text, 2_000)}… (${text.length} characters)` : text;
}

/** The outcome that an error stands for. Anything that is not of this project's making is a fault of the suite. */
function outcomeOf(error: unknown): Outcome {
  if (error instanceof ExpectationFailure) {
    const { expectation, actual, hint, promise } = error;
    return {
      kind: 'violated',
      expectation: sentence(expectation),
      actual: sentence(actual),
      ...(hint !== undefined && { hint: sentence(hint) }),
      ...(promise !== undefined && { promise }),
    };
  }
  if (error instanceof CouldNotRun || error instanceof Interrupted)
    return { kind: 'could-not-run', reason: sentence(error.message) };
  if (error instanceof NotApplicable) {
    const { because, message, needs } = error;
    return { kind: 'not-applicable', because, reason: sentence(message), ...(needs !== undefined && { needs }) };
  }
  if (error instanceof TransportFault || error instanceof Indeterminate)
    return { kind: 'indeterminate', reason: sentence(error.message) };
  const text = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
  return { kind: 'harness-error', reason: `a fault of the suite, not of the target: ${text.slice(0, 2000)}` };
}

/** What keeps a case from applying to a target before anything is sent for it; undefined when it applies. */
async function inapplicability<Session extends TargetSession>(
  planned: RunnableCase,
  session: Session,
  operation: Operation<Session>,
): Promise<Outcome | undefined> {
  const { target } = session;
  try {
    await operation.requireApplicable(planned, session);
  } catch (error) {
    return outcomeOf(error);
  }
  return undeclaredNeed(planned, target);
}

/** A case, and all that it takes to run it. */
export interface Attempted<Session extends TargetSession> {
  readonly planned: RunnableCase;
  readonly session: Session;
  readonly operation: Operation<Session>;
  /** For what was sent and what came. */
  readonly room: TranscriptRoom;
}

/** How an attempt ended, with what is told of it. */
interface AttemptEnd extends Pick<
  CaseRecord,
  'outcome' | 'checked' | 'durationMs' | 'exchanges' | 'notifications' | 'omitted'
> {
  readonly isInDoubt: boolean;
  readonly counts: Observation['counts'];
  readonly truncated: boolean;
}

/**
 * One attempt of a case, from its calls to their end. A case that holds again has nothing to tell that the first time
 * has not told.
 */
async function attempt<Session extends TargetSession>(
  { planned, session, operation, room }: Attempted<Session>,
  { label, repetition, isAlone }: CaseAttempt,
): Promise<AttemptEnd> {
  const open = operation.openCase(planned, session, { label, repetition, isAlone });
  const { scope } = open;
  let outcome: Outcome;
  try {
    await open.run();
    const { observed } = scope.observation;
    outcome = { kind: 'satisfied', ...(observed !== undefined && { observed: sentence(observed) }) };
  } catch (error) {
    outcome = outcomeOf(error);
  }
  const durationMs = scope.time.elapsedMs();
  const isInDoubt = !isAlone && (await open.mayBeDisturbed(outcome));
  const checked = scope.observation.checked.map(sentence);
  const { counts } = scope.observation;
  const isLeftOut = repetition > 0 && outcome.kind === 'satisfied';
  const deliveries = room.isClosed || isLeftOut ? [] : open.deliveries();
  const hasTranscript = scope.records.length + deliveries.length > 0;
  const isOmitted = room.kept === 'failures' && outcome.kind === 'satisfied' && hasTranscript;
  const shownDeliveries = isOmitted ? [] : deliveries;
  const came = notificationRecords(shownDeliveries, operation, { startedAt: session.startedAt, limit: room.forCase });
  open.release();
  scope.close();
  const told = { outcome, isInDoubt, checked, counts, durationMs };
  const nothing = { exchanges: [], notifications: [] };
  if (room.isClosed || isLeftOut) return { ...told, ...nothing, truncated: isLeftOut };
  if (isOmitted) return { ...told, ...nothing, truncated: false, omitted: omittedOf(scope, deliveries) };
  const kept = cutTranscript({ exchanges: scope.exchanges, notifications: came.notifications }, room.forCase);
  room.take(kept.length);
  const { exchanges, notifications } = kept;
  return { ...told, exchanges, notifications, truncated: !(came.complete && kept.whole) };
}

/** What a transcript would have that nobody makes. */
function omittedOf({ records }: CaseScope, deliveries: readonly unknown[]): OmittedTranscript {
  const times = records.map(({ sentAt, answeredAt }) => ({ sentAtMs: sentAt, ms: answeredAt - sentAt }));
  return {
    exchanges: records.length,
    notifications: Math.min(deliveries.length, notificationLimit),
    requestMs: Math.round(requestMsOf(times) * 10) / 10,
  };
}

/**
 * Runs a case on a target. One that ends otherwise than it should, and may do so for what other cases did with what
 * they share, runs again with all of its own, which alone counts. A case whose request was reset, torn or left hanging
 * runs once more from the start, with calls of its own; the second attempt counts and the first is recorded (design,
 * section 5). Never throws.
 * @param repetition how many times the case has run before
 */
export async function runCase<Session extends TargetSession>(
  attempted: Attempted<Session>,
  repetition: number,
  redactor: Redactor,
): Promise<CaseRecord> {
  const { planned, session, operation } = attempted;
  const record = { target: session.target.name, id: planned.id, repetition };
  const excused = await inapplicability(planned, session, operation);
  if (excused !== undefined) {
    // It may quote what the target said when it was looked at.
    const outcome = redactor.deep(excused);
    return { ...record, outcome, checked: [], durationMs: 0, exchanges: [], notifications: [] };
  }
  const label = repetition === 0 ? planned.id : `${planned.id} ${repetition}`;
  let run = await attempt(attempted, { label, repetition, isAlone: false });
  let firstAttempt: Attempt | undefined;
  let { durationMs, truncated } = run;
  if (run.isInDoubt) {
    run = await attempt(attempted, { label: `${label} alone`, repetition, isAlone: true });
    durationMs += run.durationMs;
    truncated ||= run.truncated;
  }
  if (run.outcome.kind === 'indeterminate' && planned.scope === 'case' && !session.signal.aborted) {
    firstAttempt = { verdict: 'indeterminate', reason: run.outcome.reason, exchanges: run.exchanges };
    run = await attempt(attempted, { label: `${label} again`, repetition, isAlone: true });
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
    ...(run.omitted && { omitted: run.omitted }),
    ...(run.counts && { observed: run.counts }),
  });
  // A name of the target that is also the beginning of its token stays what it is.
  return { ...record, ...redacted };
}
