/** Clients that generators make of the OpenAPI fragment, each driving a call of the emulator from creation to end. */
import { createClient } from '@hey-api/openapi-ts';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startEmulatorServer } from '../../emulator/start.ts';
import { startCallbackSink } from '../testing/callback-sink.ts';
import type { DrivenCall, Driver } from './generated-clients/driven-call.ts';
import { fragment } from './prism.ts';

const folder = path.join(import.meta.dirname, 'generated-clients');
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

const started: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(started.splice(0).map((server) => server.close())));

beforeAll(async () => {
  await createClient({
    input: fragment,
    output: { path: path.join(folder, 'generated'), importFileExtension: '.ts', clean: true },
    plugins: ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch'],
    logs: { level: 'silent', file: false },
  });
});

/** They are compiled by themselves, once what they import has been generated. */
async function clientOf(name: string): Promise<{ driveOneCall(driver: Driver): Promise<DrivenCall> }> {
  return import(`./generated-clients/${name}.ts`);
}

describe('generated clients', () => {
  it('compile', () => {
    const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it.each(['openapi-fetch', 'hey-api'])('drive a call from creation to end: %s', async (name) => {
    const [emulator, bot] = await Promise.all([startEmulatorServer(), startCallbackSink()]);
    started.push(emulator, bot);
    const { driveOneCall } = await clientOf(name);

    const driven = await driveOneCall({
      baseUrl: emulator.baseUrl('beta'),
      token: emulator.token,
      callbackUri: bot.url(),
    });

    expect(driven).toMatchObject({
      callId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      muted: { clientContext: 'before-the-break' },
      isCompleted: true,
      readBack: { id: driven.muted?.id },
      unmuted: { '@odata.type': '#microsoft.graph.unmuteParticipantOperation' },
      unmuteReadBack: { id: driven.unmuted?.id },
      mutedParticipants: [expect.any(String)],
      refusal: { status: 404, code: '8522' },
    });
    const updates = await bot.until((received) =>
      received.some(({ body }) => /"isMuted":true/.test(JSON.stringify(body))),
    );
    expect(JSON.stringify(updates)).toContain(driven.mutedParticipants[0]);
  });
});
