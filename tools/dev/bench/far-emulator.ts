import type { Deviation } from '../../emulator/deviation.ts';
import { type EmulatorServer, startEmulatorServer } from '../../emulator/start.ts';
import type { Delays } from './ideal-schedule.ts';

/** Silence is believed after four times the slowest delivery of the run. */
export const farDelays: Delays = { replyMs: 100, rosterMs: 300, quietMs: 1_200 };

const far: Deviation = {
  id: 'far',
  summary: 'Takes a tenth of a second to answer and three to announce a roster',
  hooks: () => ({
    request: async (_context, { wait }) => {
      await wait(farDelays.replyMs);
      return undefined;
    },
    notification: async ({ resource }, delivery, { wait }) => {
      if (resource === 'participants') await wait(farDelays.rosterMs);
      return [delivery];
    },
  }),
};

/** A target that is far away. */
export function startFarEmulator(): Promise<EmulatorServer> {
  return startEmulatorServer({ acceptAnyToken: true, deviation: far });
}
