import type { MuteKind } from '../rules/sent-mute.ts';

/**
 * What the mutes of a call have shown of it, for cases that use it one after another.
 * `untried`: nothing, or something that nobody expected; `muted`: its last valid mute succeeded; `proven`: so did one
 * of what was muted already, and all that came since was answered by what was wrong with it.
 */
export type Trust<Control> =
  | { readonly stage: 'untried' | 'muted' }
  /** The last valid mute that succeeded: the control of every refusal since. */
  | { readonly stage: 'proven'; readonly control: Control };

export const untried: Trust<never> = { stage: 'untried' };

/** How a mute was answered. */
export interface AnsweredMute<Control> {
  readonly kind: MuteKind;
  readonly status: number;
  /** Whether the call was muted already. */
  readonly isRepeated: boolean;
  readonly control: Control;
}

/**
 * Statuses that say what is wrong with a request. Others may be those of the call, which has ended, or of a mute of what
 * is muted: after such the call has to be tried again.
 */
const saysWhatIsWrong = new Set([400, 401, 405, 413, 414, 415, 422, 431, 501]);

/** What is known of the call after an answer. */
export function nextTrust<Control>(
  trust: Trust<Control>,
  { kind, status, isRepeated, control }: AnsweredMute<Control>,
): Trust<Control> {
  if (status === 200 && kind === 'valid') return isRepeated ? { stage: 'proven', control } : { stage: 'muted' };
  if (status === 200 && kind === 'optional') return trust;
  return kind !== 'valid' && saysWhatIsWrong.has(status) ? trust : untried;
}
