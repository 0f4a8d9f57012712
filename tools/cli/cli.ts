#!/usr/bin/env node
/** The command line. Nothing heavy is loaded before the command that needs it is known. */
import { getEventListeners } from 'node:events';
import { createProgram, explainError } from './program.ts';

const interrupt = new AbortController();
process.on('SIGINT', () => stop(130));
process.on('SIGTERM', () => stop(130));

/** The first signal lets a command that listens end in order; the second, or the first to any other, ends at once. */
function stop(exitCode: number): void {
  const isListenedTo = getEventListeners(interrupt.signal, 'abort').length > 0;
  if (interrupt.signal.aborted || !isListenedTo) process.exit(exitCode);
  interrupt.abort();
}

// Node would end with 1, which says of the target that it does not conform.
process.on('uncaughtException', (error) => process.exit(explainError(error, false, process)));

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
