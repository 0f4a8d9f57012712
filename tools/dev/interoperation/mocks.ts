import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../testing/free-port.ts';

const packages = path.join(import.meta.dirname, 'node_modules');

/** The configurations of docs/mocks.md. */
export const configurations = path.join(import.meta.dirname, 'mocks');

export interface Mock {
  readonly origin: string;
  close(): Promise<void>;
}

/** WireMock runs on Java, which npm does not install. */
export const hasJava = spawnSync('java', ['-version']).status === 0;

type Command = (port: string) => readonly [program: string, ...words: string[]];

/** How each mock is started, from a folder with the configurations. */
const commands = {
  'static stub': (port) => [process.execPath, 'static-stub.mjs', port],
  'json-server': (port) => [
    process.execPath,
    path.join(packages, 'json-server', 'lib', 'cli', 'bin.js'),
    'json-server/db.json',
    ...['--routes', 'json-server/routes.json', '--middlewares', 'json-server/mute.cjs', '--port', port],
  ],
  mockoon: (port) => [
    process.execPath,
    path.join(packages, '@mockoon', 'cli', 'bin', 'run.js'),
    ...['start', '--data', 'mockoon.json', '--port', port, '--disable-log-to-file', '--disable-admin-api'],
  ],
  wiremock: (port) => [
    'java',
    ...['-jar', path.join(packages, 'wiremock', 'build', 'wiremock-standalone-3.13.2.jar')],
    ...['--port', port, '--root-dir', 'wiremock', '--disable-banner'],
  ],
  prism: (port) => [
    process.execPath,
    path.join(packages, '@stoplight', 'prism-cli', 'dist', 'index.js'),
    ...[
      'mock',
      '--port',
      port,
      '--cors=false',
      path.resolve(import.meta.dirname, '../../../specs/call-mute.openapi.yaml'),
    ],
  ],
} satisfies Record<string, Command>;

export type MockName = keyof typeof commands;

/** Starts a mock with its configuration on a free port; it works on a copy, for json-server writes into its own. */
export async function startMock(name: MockName): Promise<Mock> {
  const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-mock-'));
  cpSync(configurations, folder, { recursive: true });
  const port = await freePort();
  const [program, ...words] = commands[name](String(port));
  const child = spawn(program, words, { cwd: folder, stdio: 'ignore' });
  const origin = `http://127.0.0.1:${port}`;
  const close = async () => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    }
    rmSync(folder, { recursive: true });
  };
  try {
    await untilItAnswers(origin, child);
  } catch (error) {
    await close();
    throw error;
  }
  return { origin, close };
}

async function untilItAnswers(origin: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + 50_000;
  for (;;) {
    try {
      await (await fetch(origin)).arrayBuffer();
      return;
    } catch (error) {
      if (child.exitCode !== null || performance.now() > deadline) throw error;
      // Each look takes of the processor what the start of the mock needs.
      await sleep(50);
    }
  }
}
