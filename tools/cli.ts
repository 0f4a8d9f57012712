#!/usr/bin/env node
/** The command line. Nothing heavy is loaded before the command that needs it is known. */
import { createProgram } from './commands/program.ts';

const interrupt = new AbortController();
process.on('SIGINT', () => stop(130));
process.on('SIGTERM', () => stop(130));

// Whoever reads the output may have read enough, as `| head` does; the reports are still written.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** The first signal lets the run end in order; the second ends the process at once. */
function stop(exitCode: number): void {
  if (interrupt.signal.aborted) process.exit(exitCode);
  process.stderr.write('\nInterrupted: deleting calls and writing what there is. Again to stop at once.\n');
  interrupt.abort();
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
