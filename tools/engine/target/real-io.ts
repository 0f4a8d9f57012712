import { runCallCommand } from './call-command.ts';
import { startCallbackReceiver } from '../callback/callback-receiver.ts';
import { machineClock } from './clock.ts';
import type { SessionIo } from './session-io.ts';
import { transmit } from '../http/transport.ts';

/** The machine's own network and clock, where nothing is recorded or played back. */
export const realIo: SessionIo = {
  isReplay: false,
  clock: machineClock,
  transmit,
  startReceiver: startCallbackReceiver,
  runCallCommand,
  noteToken: () => undefined,
  announce: async () => undefined,
};
