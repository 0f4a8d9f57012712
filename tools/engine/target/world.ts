import { runCallCommand } from './call-command.ts';
import { startCallbackReceiver } from '../callback/callback-receiver.ts';
import { machineClock } from './clock.ts';
import type { Outside } from './outside.ts';
import { transmit } from '../http/transport.ts';

/** The world as it is, where nothing is recorded or played back. */
export const world: Outside = {
  clock: machineClock,
  transmit,
  startReceiver: startCallbackReceiver,
  runCallCommand,
  noteToken: () => undefined,
  announce: async () => undefined,
};
