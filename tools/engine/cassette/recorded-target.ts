import { createRedactor, type Redactor } from '../http/redaction.ts';
import { type Capability, capabilityNames, type Target, namesOf } from '../target/target.ts';
import type { RecordedTarget, TargetRecording } from './cassette.ts';
import { checksTokens } from '../callback/token-verdicts.ts';
import { placeholders, UsedTokens } from './used-tokens.ts';

/** What a replay has to know of a target; no secrets, and nothing about how it is reached. */
export function describeTarget(target: Target, tokens: UsedTokens, redactor: Redactor): RecordedTarget {
  return redactor.deep<RecordedTarget>({
    name: target.name,
    baseUrl: target.baseUrl,
    apiVersion: target.apiVersion,
    ...(target.embedded && { embedded: true }),
    ...(target.applicationId !== undefined && { applicationId: target.applicationId }),
    capabilities: { ...target.capabilities },
    calls: structuredClone(target.calls),
    ...(target.callbacks !== undefined && { callbacks: target.callbacks }),
    timeouts: { ...target.timeouts },
    maxBodyBytes: target.maxBodyBytes,
    insecure: target.tls.insecure,
    token: tokens.usualHeader !== undefined,
    unprivilegedToken: target.unprivilegedToken !== undefined,
    callbackTokens: checksTokens(target),
    notes: [...target.notes],
  });
}

/** The recording of a run in which nothing was sent. */
export function emptyTape(target: Target): TargetRecording {
  return {
    target: describeTarget(target, new UsedTokens(target), createRedactor(target.secrets, namesOf(target))),
    usualHeaders: [],
    exchanges: [],
    unsent: [],
    mailboxes: [],
    lateDeliveries: 0,
    strangers: 0,
  };
}

/**
 * The target that a replay tests in place of the one that was recorded.
 * @param origin says where it comes from; becomes a note of the results
 */
export function replayedTarget({ target }: TargetRecording, origin: string): Target {
  const { insecure, token, unprivilegedToken, callbackTokens, notes, ...same } = target;
  const { app } = same.capabilities;
  const others = capabilityNames.filter((name) => name !== 'app');
  return {
    ...same,
    ...(token && { token: placeholders.token }),
    ...(unprivilegedToken && { unprivilegedToken: placeholders.unprivilegedToken }),
    headers: {},
    secrets: [],
    capabilities: {
      ...(Object.fromEntries(others.map((name) => [name, same.capabilities[name] === true])) as Omit<
        Record<Capability, boolean>,
        'app'
      >),
      ...(app !== undefined && { app }),
    },
    // Never listened on; the keys are not needed, since what checking a token said is in the recording.
    callback: { host: '127.0.0.1', port: 0, tls: false, ...(callbackTokens && { jwks: { keys: { keys: [] } } }) },
    tls: { insecure },
    notes: [...notes, origin],
  };
}
