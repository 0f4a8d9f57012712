import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { addFaultOptions } from './fault-options.ts';
import { option, wholeNumber } from './options.ts';
import type { ServeOptions } from './serve.ts';

export function registerServe(program: Command, { name, io, signal }: CommandContext): void {
  const command = program
    .command('serve')
    .description('serve the reference emulator on its own')
    .addOption(wholeNumber('--port <n>', 'the port to listen on (default: any free one)', 0))
    .addOption(option('--host <address>', 'the address to listen on (default: 127.0.0.1)'))
    .addOption(option('--tls', 'over https, with a certificate made at start'))
    .addHelpText('after', `\nExample:\n  ${name} serve --port 8080`)
    .action(async ({ port = 0, ...options }: Partial<ServeOptions>) => {
      const { serve } = await import('./serve.ts');
      const emulator = await serve({ port, ...options }, io.stdout);
      await untilAborted(signal);
      await emulator.close();
    });
  addFaultOptions(command);
  command.addOption(wholeNumber('--seed <n>', 'what the share of --rate is drawn from (default: 0)', 0));
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
