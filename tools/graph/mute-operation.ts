import type { Delivery } from '../engine/callback/callback-receiver.ts';
import type { RunnableCase } from '../engine/cases/suite.ts';
import type { CaseAttempt, OpenCase, Operation } from '../engine/run/operation.ts';
import { NotApplicable } from '../engine/target/could-not-run.ts';
import { lookAtApp } from './app-path.ts';
import { CallScope } from './calls/call-scope.ts';
import { CallSession, recordsIn } from './calls/call-session.ts';
import { CaseContext } from './context.ts';
import { problemsOfDelivery } from './payloads/delivery-readings.ts';
import { kindOfBody } from './payloads/notification-items.ts';
import { reach } from './reach.ts';
import { runContext, type RunContext } from './run-context.ts';

/** Problems of a notification that a report shows at most. */
const problemLimit = 20;

/** What is wrong with a notification, in words; only what breaks a must. */
function problemsOf(delivery: Delivery): string[] {
  if (delivery.jsonProblem !== undefined) return [delivery.jsonProblem];
  return problemsOfDelivery(delivery)
    .filter(({ level }) => level === 'must')
    .slice(0, problemLimit)
    .map(({ pointer, message }) => `${pointer || '/'}: ${message}`);
}

/**
 * A case of the deprecated path applies where that is served: on beta, where it is declared, or where nobody declared
 * it and it is found.
 */
async function requireApp(session: CallSession): Promise<void> {
  const { apiVersion, capabilities } = session.target;
  if (apiVersion !== 'beta') throw new NotApplicable('version', `/app does not exist on ${apiVersion}`);
  const declared = capabilities.app;
  if (declared === true || (declared === undefined && (await lookAtApp(session)).served)) return;
  throw new NotApplicable(
    'capability',
    `the target does not declare the capability app${declared === undefined ? ', and does not serve /app' : ''}`,
    'app',
  );
}

/** Opens a case: its calls are made when they are first used. */
function openCase(
  planned: RunnableCase<CaseContext, RunContext>,
  session: CallSession,
  { label, repetition, isAlone }: CaseAttempt,
): OpenCase {
  const { isLong = false, sharesCall = false } = planned.scope === 'case' ? planned.definition.options : {};
  const scope = new CallScope(session, planned.id, planned.path, label, repetition, isLong);
  const context = new CaseContext(scope, sharesCall && !isAlone && !session.everyCaseAsks);
  return {
    scope,
    async run() {
      await context.calls.mayBegin();
      await (planned.scope === 'case'
        ? planned.definition.body(context)
        : planned.definition.body(runContext(session, scope.observation)));
    },
    deliveries: () => context.deliveries,
    mayBeDisturbed: (outcome) => context.calls.mayBeDisturbed(outcome),
    release: () => context.calls.release(),
  };
}

/** `call: mute`, as the engine runs it. */
export const muteOperation: Operation<CallSession> = {
  openSession: (target, options) => CallSession.open(target, options),
  reach,
  async requireApplicable({ path }, session) {
    if (path === '/app') await requireApp(session);
  },
  openCase,
  findings: ({ observer }) =>
    observer.book.findings.map(({ evidence, ...finding }) => ({
      ...finding,
      exchanges: recordsIn(evidence).map(({ exchange }) => exchange),
      deliveries: evidence.flatMap((shown) => ('delivery' in shown ? [shown.delivery] : [])),
    })),
  describe: (delivery) => ({ kind: kindOfBody(delivery.json), problems: problemsOf(delivery) }),
};
