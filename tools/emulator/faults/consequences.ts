/** What a defect takes down besides what it breaks, where many defects share it. */
import type { Fault } from '../deviation.ts';

type Consequences = NonNullable<Fault['mayAlsoBreak']>;

/** Where calls with two targets cannot be muted, with which nearly all cases begin. */
export const whenMutesAreRefused: Consequences = [
  'status.success',
  'path.communications',
  'path.app',
  'auth.no-permission-check',
  'content-type.parameters',
  'content-type.case',
  'body.empty-object',
  'body.null-context',
  'context.max-length',
  'context.echo-unicode',
  'context.echo-control-characters',
  'context.echo-empty',
  'state.unmute-roundtrip',
];

/** Where nothing is served, so that no mistake is answered as it should be, either. */
export const whenNothingIsServed: Consequences = [
  'status.success',
  'method.405',
  'group.two-targets',
  'group.meeting',
  'group.peer-to-peer-not-404',
  'auth.missing',
  'auth.scheme',
  'auth.empty',
  'auth.invalid-token',
  'auth.no-permission-check',
  'content-type.required',
  'content-type.unsupported',
  'content-type.parameters',
  'content-type.case',
  'body.malformed',
  'body.not-an-object',
  'body.empty-object',
  'body.null-context',
  'context.type',
  'context.max-length',
  'context.echo-unicode',
  'context.echo-control-characters',
  'context.echo-empty',
  'state.unmute-roundtrip',
];

/** Where no roster update can be read. */
export const whenRostersAreLost: Consequences = [
  'roster.self-muted',
  'roster.every-leg',
  'roster.delta',
  'state.unmute-roundtrip',
];

/** Where the clientContext that comes back is not the one that was sent, whatever it is. */
export const whenContextsAreLost: Consequences = ['concurrency.same-call', 'concurrency.many-calls'];

/** Where a mute of one case mutes the calls of all others. */
export const whenEveryCallIsMuted: Consequences = [
  'roster.delivered',
  'roster.self-muted',
  'roster.every-leg',
  'roster.delta',
  'roster.no-crosstalk',
  'roster.not-on-refusal',
  'roster.unsolicited',
  'roster.others-unchanged',
  'method.refused',
  'auth.no-effect',
  'body.empty',
  'group.peer-to-peer-silent',
  'state.participants',
  'state.stays-muted',
  'state.refusal-no-effect',
  'state.unmute-roundtrip',
  'state.any-sequence',
  'concurrency.many-calls',
];
