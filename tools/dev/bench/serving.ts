import { spawn } from 'node:child_process';
import { cli, ownEnvironment } from './suite-command.ts';

export interface Serving {
  /** Scheme, host and port. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Starts the emulator on its own, in another process, so that what talks to it has its thread for itself. */
export async function serveEmulator(): Promise<Serving> {
  const child = spawn(process.execPath, [cli, 'serve'], {
    env: ownEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const origin = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`the emulator ended: ${text}`)));
  });
  return {
    origin,
    close: () => {
      child.kill();
      return ended;
    },
  };
}
