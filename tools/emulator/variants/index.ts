import type { Variant } from '../deviation.ts';
import { lifecycleVariants } from './lifecycle.ts';
import { muteStateVariants } from './mute-state.ts';
import { notificationVariants } from './notifications.ts';
import { refusalVariants } from './refusals.ts';
import { resourceVariants } from './resources.ts';
import { transportVariants } from './transport.ts';

/** Every variant that the emulator can be started with. */
export const variants: readonly Variant[] = [
  ...lifecycleVariants,
  ...muteStateVariants,
  ...refusalVariants,
  ...resourceVariants,
  ...notificationVariants,
  ...transportVariants,
];
