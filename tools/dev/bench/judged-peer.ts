import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import type { Deviation } from '../../emulator/deviation.ts';
import { startEmulatorServer } from '../../emulator/start.ts';
import type { MirrorSink } from './mirror-sink.ts';
import type { Ground, PeerRun } from './peer.ts';

/** Of the peer's failures those that it did not have at the emulator as it is: what it noticed of a deviation. */
export function newFailures(usual: readonly string[], now: readonly string[]): string[] {
  const before = new Set(usual);
  return now.filter((failure) => !before.has(failure));
}

const token = 'token-of-the-bench';

/** The emulator as it is, counting requests; or with a deviation. */
async function ground(deviation: Deviation | undefined, sink: MirrorSink, folder: string) {
  let requests = 0;
  const counting: Deviation = {
    id: 'counting',
    summary: 'Counts requests',
    hooks: () => ({
      request: () => {
        requests += 1;
        return undefined;
      },
    }),
  };
  const emulator = await startEmulatorServer({ token, deviation: deviation ?? counting });
  const baseUrl = emulator.baseUrl('beta');
  const address = `${sink.origin}/${randomUUID()}`;
  const create = (count: number) => createCall(baseUrl, `${address}-own`, count);
  mkdirSync(folder, { recursive: true });
  const made: Ground = {
    baseUrl,
    token,
    sink: address,
    groupCall: await create(2),
    peerToPeerCall: await create(1),
    folder: mkdtempSync(path.join(folder, 'work-')),
  };
  const own = requests;
  return { ground: made, requests: () => requests - own, close: () => emulator.close() };
}

async function createCall(baseUrl: string, callbackUri: string, targets: number): Promise<string> {
  const response = await fetch(`${baseUrl}/communications/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      '@odata.type': '#microsoft.graph.call',
      callbackUri,
      requestedModalities: ['audio'],
      mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
      targets: Array.from({ length: targets }, (_, index) => ({ identity: { user: { id: `user-${index}` } } })),
    }),
  });
  const { id } = (await response.json()) as { id?: unknown };
  if (typeof id !== 'string') throw new Error(`the emulator made no call: ${response.status}`);
  return id;
}

/** Lets a peer loose on an emulator of its own. */
export async function onEmulator(
  run: (ground: Ground) => Promise<PeerRun>,
  deviation: Deviation | undefined,
  sink: MirrorSink,
  folder: string,
): Promise<PeerRun & { readonly exchanges: number }> {
  const { ground: made, requests, close } = await ground(deviation, sink, folder);
  try {
    const found = await run(made);
    return { ...found, exchanges: requests() };
  } finally {
    await close();
  }
}
