import { onTestFinished } from 'vitest';
import { CallUnderTest } from '../../../graph/calls/call.ts';
import { CallScope } from '../../../graph/calls/call-scope.ts';
import type { SessionIo } from '../../../engine/target/session-io.ts';
import type { CallSession } from '../../../graph/calls/call-session.ts';
import type { CallKind } from '../../../engine/target/target.ts';
import {
  openSession,
  type ScriptedReply,
  type ScriptedRequest,
  type ScriptedTarget,
  startScriptedTarget,
  targetAt,
  type TargetOverrides,
} from './scripted-target.ts';

/** What a test wants to be answered; undefined leaves it to what any target answers. */
type Reply = (
  request: ScriptedRequest,
  target: ScriptedTarget,
) => ScriptedReply | undefined | Promise<ScriptedReply | undefined>;

export interface ScriptedSession {
  readonly target: ScriptedTarget;
  readonly session: CallSession;
  /** A case of that name. */
  scope(name?: string): CallScope;
  /** A call of a case, which comes about when it is first needed. */
  call(scope?: CallScope, kind?: CallKind, meeting?: string): CallUnderTest;
}

/**
 * A session with a target that answers what the test says, both closed after the test. Of what the test says nothing,
 * calls are created established, named call-1, call-2 and so on with the own participant `me`, and deleted; mutes and
 * unmutes succeed; all else is not found.
 * @param overrides of the target; its timeouts are short
 */
export async function startScriptedSession(
  reply: Reply = () => undefined,
  overrides: TargetOverrides = {},
  { signal, io }: { readonly signal?: AbortSignal; readonly io?: SessionIo } = {},
): Promise<ScriptedSession> {
  let calls = 0;
  const target = await startScriptedTarget(async (request, self) => {
    const told = await reply(request, self);
    if (told !== undefined) return told;
    const { method, path } = request;
    if (method === 'DELETE') return { status: 204 };
    if (method === 'POST' && path.endsWith('/calls')) {
      calls += 1;
      return { status: 201, json: { id: `call-${calls}`, state: 'established', myParticipantId: 'me' } };
    }
    return /\/(un)?mute$/.test(path) ? { status: 200, json: { id: 'op' } } : { status: 404 };
  });
  onTestFinished(() => target.close());
  const session = await openSession(
    targetAt(target.baseUrl, { ...overrides, timeouts: { notificationMs: 200, quietMs: 20, ...overrides.timeouts } }),
    signal,
    io,
  );
  onTestFinished(() => session.finish());
  const scope = (name = 'case') => new CallScope(session, name, '/communications', name);
  return {
    target,
    session,
    scope,
    call: (of = scope(), kind = 'group', meeting) => new CallUnderTest(session, of, kind, meeting),
  };
}
