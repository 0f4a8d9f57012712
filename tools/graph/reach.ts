import { adviceOnFault } from './advice.ts';
import { CallUnderTest } from './calls/call.ts';
import { callPath } from './calls/call-path.ts';
import { callSource } from './calls/call-source.ts';
import { CallScope } from './calls/call-scope.ts';
import { NoToken } from '../engine/http/client-credentials.ts';
import { CouldNotRun, Interrupted, NoCall } from '../engine/target/could-not-run.ts';
import { findSameId } from './calls/same-id.ts';
import type { CallSession } from './calls/call-session.ts';
import { type CallKind, callKinds } from '../engine/target/target.ts';
import { TransportFault } from '../engine/http/transport-fault.ts';

function requestOf(scope: CallScope): string {
  const last = scope.exchanges.at(-1);
  return last === undefined
    ? `the first request to ${scope.session.target.baseUrl}`
    : `${last.request.method} ${last.request.url}`;
}

/** Makes a call and lets go of it; of a call that is kept it asks only whether anything answers there. */
async function tryOut(scope: CallScope, kind: CallKind): Promise<void> {
  const { session } = scope;
  const { id } = callSource(session.target, kind);
  if (id !== undefined) {
    await scope.send({ step: 'get call', method: 'GET', path: callPath('/communications', id) });
    await refuseSameId(scope, kind, id);
    return;
  }
  const call = new CallUnderTest(session, scope, kind);
  try {
    const settled = call.ready();
    settled.catch(() => undefined);
    await refuseSameId(scope, kind, await call.named());
    await settled;
  } catch (error) {
    // A call that exists and does not settle is a matter of the cases, not of the target's being there.
    if (!(error instanceof CouldNotRun && call.exists)) throw error;
  } finally {
    session.track(call.release());
  }
}

function problemAndAdvice(error: CouldNotRun): { problem: string; advice: string } {
  if (error instanceof NoCall) return error;
  return { problem: error.message, advice: 'run `doctor` to check it step by step' };
}

/** Where calls cannot be told apart, every verdict would be an accident. */
async function refuseSameId(scope: CallScope, kind: CallKind, id: string): Promise<void> {
  const { session } = scope;
  const same = await findSameId(scope, { kind, id });
  if (same !== undefined) session.unreachable = same;
}

/** Tries one kind of call after the other. @throws CouldNotRun of the first when none can be created */
async function tryAll(scope: CallScope): Promise<void> {
  let first: CouldNotRun | undefined;
  for (const kind of callKinds.filter((kind) => scope.session.target.calls[kind] !== 'none')) {
    try {
      return await tryOut(scope, kind);
    } catch (error) {
      if (!(error instanceof CouldNotRun)) throw error;
      first ??= error;
    }
  }
  throw first ?? new CouldNotRun('no call could be created');
}

/**
 * The first contact of a run with its target: learns how calls are made, or sets `session.unreachable`, with which
 * every case is could-not-run and the exit code 4.
 */
export async function reach(session: CallSession): Promise<void> {
  for (const attempt of ['reach', 'reach again']) {
    const scope = new CallScope(session, attempt, '/communications', attempt);
    try {
      await session.authenticate();
      return await tryAll(scope);
    } catch (error) {
      if (error instanceof Interrupted) return;
      if (error instanceof NoToken) {
        const { request, problem, advice } = error;
        session.unreachable = { request, problem, advice };
        return;
      }
      if (error instanceof CouldNotRun) {
        const { problem, advice } = problemAndAdvice(error);
        session.unreachable = { request: requestOf(scope), problem, advice };
        return;
      }
      if (!(error instanceof TransportFault)) throw error;
      session.unreachable = {
        request: requestOf(scope),
        problem: error.message,
        advice: adviceOnFault(error, session.target),
      };
      // What was torn may go well the next time; what is not there will not.
      if (['refused', 'dns', 'tls'].includes(error.kind)) return;
    } finally {
      scope.close();
    }
    if (attempt === 'reach') session.unreachable = undefined;
  }
}
