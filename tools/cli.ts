#!/usr/bin/env node
/** The command line. Nothing heavy is loaded before the command that needs it is known. */
import { createProgram } from './commands/program.ts';

const interrupt = new AbortController();
process.on('SIGINT', () => stop(130));
process.on('SIGTERM', () => stop(130));

/** The first signal lets the run end in order; the second ends the process at once. */
function stop(exitCode: number): void {
  if (interrupt.signal.aborted) process.exit(exitCode);
  process.stderr.write('\nInterrupted: deleting calls and writing what there is. Again to stop at once.\n');
  interrupt.abort();
}

// Whoever reads may stop reading, as in `| head -1`: the reports are written all the same.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}

const program = createProgram(
  {
    environment: process.env,
    workingDirectory: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
  },
  interrupt.signal,
);
process.exitCode = await program(process.argv.slice(2));
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
// All is done and said: a worker that hangs does not keep the process.
setTimeout(() => process.exit(), 1_000).unref();
