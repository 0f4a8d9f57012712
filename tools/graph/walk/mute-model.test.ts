import { expect, it } from 'vitest';
import {
  isUsable,
  type ModelledCall,
  noteMuted,
  noteRefused,
  noteUnknown,
  noteUnmuted,
  untouchedCall,
} from './mute-model.ts';

const notes: Readonly<Record<string, (call: ModelledCall) => unknown>> = {
  mute: noteMuted,
  refusal: noteRefused,
  unmute: noteUnmuted,
  surprise: noteUnknown,
};

it.each<[string, Partial<ModelledCall>]>([
  ['', { muted: false, wasMuted: false, because: 'state.other-call' }],
  ['refusal', { muted: false, wasMuted: false, because: 'state.refusal-no-effect' }],
  ['mute', { muted: true, wasMuted: true, because: 'state.participants' }],
  ['mute refusal', { muted: true, because: 'state.participants' }],
  ['mute mute', { muted: true, because: 'state.stays-muted' }],
  ['mute unmute', { muted: false, wasMuted: true, because: 'state.unmute-roundtrip' }],
  ['mute unmute refusal', { muted: false, because: 'state.refusal-no-effect' }],
  ['surprise', { muted: undefined, wasMuted: true }],
  ['surprise mute', { muted: true }],
])('after “%s”', (steps, expected) => {
  const call = untouchedCall();
  for (const step of steps.split(' ').filter(Boolean)) notes[step]?.(call);
  expect(call).toMatchObject(expected);
});

it('says whether a mute has changed something, where that is certain', () => {
  const call = untouchedCall();
  expect([noteMuted(call), noteMuted(call)]).toEqual([true, false]);
  noteUnknown(call);
  expect(noteMuted(call)).toBe(false);
});

it('lets nothing be done with a call that has ended, or can never be', () => {
  const calls = [untouchedCall(), { ...untouchedCall(), isEnded: true }];
  expect([0, 1, 2].map((index) => isUsable({ calls }, index))).toEqual([true, false, false]);
});
