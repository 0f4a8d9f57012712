import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { EmulatorServer } from '../../../emulator/start.ts';
import {
  type CallbackReceiver,
  type Mailbox,
  startCallbackReceiver,
} from '../../../engine/callback/callback-receiver.ts';
import { rosterEntries } from '../../../graph/payloads/roster.ts';
import { act, createCall, twoTargets } from '../emulated-call.ts';
import { rosterUpdate } from './callback-attacks.ts';

const flood = fileURLToPath(new URL('flood.mjs', import.meta.url));

export function openReceiver(): Promise<CallbackReceiver> {
  return startCallbackReceiver({ host: '127.0.0.1', port: 0, startedAt: 0, now: () => performance.now() });
}

/** What became of a flood: how many posts got which answer, how many came to their mailbox, and how fast. */
export interface FloodOutcome {
  readonly statuses: Readonly<Record<string, number>>;
  readonly kept: number;
  readonly perSecond: number;
}

/** Posts notifications to so many mailboxes at a rate, from another process. */
export async function floodReceiver(
  receiver: CallbackReceiver,
  mailboxes: number,
  rate: number,
  seconds: number,
): Promise<FloodOutcome> {
  const open = Array.from({ length: mailboxes }, () => receiver.open({ label: 'flood' }));
  const posts = open.map(({ url }, index) => [
    url,
    rosterUpdate({ callId: `call-${index}`, participantId: 'p' }, true),
  ]);
  const child = spawn(process.execPath, [flood, String(rate), String(seconds)], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(posts));
  const { statuses, ms } = JSON.parse(await text(child.stdout)) as { statuses: Record<string, number>; ms: number };
  const kept = open.reduce((sum, { deliveries }) => sum + deliveries.length, 0);
  for (const mailbox of open) mailbox.close();
  return { statuses, kept, perSecond: (rate * seconds * 1000) / ms };
}

function reportsMute({ deliveries }: Mailbox, participantId: string): boolean {
  return deliveries.some(({ json }) =>
    rosterEntries(json).some(({ id, isMuted }) => id === participantId && isMuted === true),
  );
}

/**
 * Creates so many group calls at once and mutes them all at once.
 * @returns how many of them were heard of as muted at their own callback
 */
export async function muteAtOnce(
  emulator: EmulatorServer,
  receiver: CallbackReceiver,
  calls: number,
  timeoutMs: number,
): Promise<number> {
  const created = await Promise.all(
    Array.from({ length: calls }, async () => {
      const mailbox = receiver.open({ label: 'load' });
      const { id, myParticipantId } = await createCall(emulator, twoTargets, mailbox.url);
      return { mailbox, id, myParticipantId };
    }),
  );
  await Promise.all(created.map(({ id }) => act(emulator, id).expect(200)));
  const heard = await Promise.all(
    created.map(({ mailbox, myParticipantId }) =>
      mailbox.waitUntil(() => reportsMute(mailbox, myParticipantId), timeoutMs),
    ),
  );
  for (const { mailbox } of created) mailbox.close();
  return heard.filter(Boolean).length;
}
