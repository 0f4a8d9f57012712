import type { Command } from 'commander';
import { option, share } from './options.ts';

/** As they stand in tools/emulator/situations.ts, which loads only where a fault is chosen. */
const situations =
  'repeated, meeting, after-refusal, after-unmute, long-context, no-context, non-ascii, burst, app or late';

/** The options that say how the reference emulator differs from what is documented. */
export function addFaultOptions(command: Command): Command {
  return command
    .addOption(option('--fault <id>', 'the emulator with one defect: see `list faults`'))
    .addOption(share('--rate <share>', 'that shows in this share of the requests only, e.g. 0.1'))
    .addOption(option('--when <situation>', `that shows only in this situation: ${situations}`))
    .addOption(option('--variant <id>', 'the emulator with one legal difference: see `list variants`'));
}
