/**
 * The official JavaScript SDK as a bot uses it, against the emulator over https. What it makes of answers and of
 * refusals is what an emulator must get right for its users: facts 18 and 72.
 */
import { Client, GraphError } from '@microsoft/microsoft-graph-client';
import type { Call, CommsOperation, MuteParticipantOperation } from '@microsoft/microsoft-graph-types';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Deviation } from '../../emulator/deviation.ts';
import { type EmulatorServer, startEmulatorServer } from '../../emulator/start.ts';
import { type CallbackSink, startCallbackSink } from '../testing/callback-sink.ts';

let emulator: EmulatorServer;
let sink: CallbackSink;

beforeEach(async () => {
  sink = await startCallbackSink();
});

afterEach(async () => {
  await emulator.close();
  await sink.close();
});

/** An emulator over https, and the SDK set up for it as for a Graph of another cloud. */
async function connected(deviation?: Deviation, defaultVersion = 'v1.0'): Promise<Client> {
  emulator = await startEmulatorServer({ tls: inject('identity'), ...(deviation && { deviation }) });
  const { origin, token } = emulator;
  return Client.init({
    baseUrl: `${origin}/`,
    // Without the host in here the SDK sends neither the token nor its own headers (fact 72).
    customHosts: new Set([new URL(origin).hostname]),
    defaultVersion,
    authProvider: (done) => done(null, token),
  });
}

const person = (id: string) => ({ identity: { user: { id } } });

async function createdCall(client: Client, people: readonly string[]): Promise<string> {
  const call: Call = await client.api('/communications/calls').post({
    '@odata.type': '#microsoft.graph.call',
    callbackUri: sink.url(),
    targets: people.map(person),
    requestedModalities: ['audio'],
    mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
  });
  return call.id ?? '';
}

describe.each(['v1.0', 'beta'])('the JavaScript SDK on %s', (defaultVersion) => {
  it('creates a group call, mutes it and reads the operation', async () => {
    const client = await connected(undefined, defaultVersion);
    const id = await createdCall(client, ['ada', 'grace']);

    const operation: MuteParticipantOperation = await client
      .api(`/communications/calls/${id}/mute`)
      .post({ clientContext: 'before-the-break' });
    expect(operation).toMatchObject({ clientContext: 'before-the-break', status: 'completed' });

    const read: CommsOperation = await client.api(`/communications/calls/${id}/operations/${operation.id}`).get();
    expect(read).toMatchObject({ id: operation.id, clientContext: 'before-the-break', status: 'completed' });

    const [update] = await sink.until((received) =>
      received.some(({ body }) => /"isMuted":true/.test(JSON.stringify(body))),
    );
    expect(update?.headers['authorization']).toMatch(/^Bearer /);
  });

  it('mutes with no body at all, as .post() sends it', async () => {
    const client = await connected(undefined, defaultVersion);
    const id = await createdCall(client, ['ada', 'grace']);
    // The declaration of post() asks for a body; JavaScript callers leave it out (fact 18).
    const operation: MuteParticipantOperation = await client.api(`/communications/calls/${id}/mute`).post(undefined);
    expect(operation).toMatchObject({ status: 'completed' });
  });
});

describe('a refusal', () => {
  it('fills code, message, requestId and date of the GraphError', async () => {
    const client = await connected();
    const id = await createdCall(client, ['ada']);
    const before = Date.now();

    const refused = await client
      .api(`/communications/calls/${id}/mute`)
      .post({ clientContext: 'before-the-break' })
      .catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(GraphError);
    if (!(refused instanceof GraphError)) return;
    expect(refused.statusCode).toBeGreaterThanOrEqual(400);
    expect(refused.code).toMatch(/^\d+$/);
    expect(refused.message).not.toBe('');
    expect(refused.requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-/);
    // The date has no zone and is UTC (fact 65), and the SDK reads it as local time, so hours of it may be off.
    expect(Math.abs(refused.date.getTime() - before)).toBeLessThan(15 * 3_600_000);
  });

  it('of an unknown call has the status 404', async () => {
    const client = await connected();
    const refused = client.api('/communications/calls/5b3c1f0e-0d3e-4a0c-9a53-3f1f2e8c7d60/mute').post({});
    await expect(refused).rejects.toMatchObject({ statusCode: 404 });
  });
});

/** Answers the first mute of each emulator 429 with a second to wait. */
function throttledOnce(attempts: (string | undefined)[]): Deviation {
  return {
    id: 'throttled-once',
    summary: 'Answers the first mute 429 and asks to wait a second',
    hooks: () => ({
      rule: ({ operation, request }, rule, refusal) => {
        if (operation !== 'mute' || rule !== 'authorization') return refusal;
        attempts.push(request.headers['retry-attempt']?.toString());
        if (attempts.length > 1) return refusal;
        return {
          status: 429,
          code: 'TooManyRequests',
          message: 'Too many requests. Wait a second.',
          headers: [['Retry-After', '1']],
        };
      },
    }),
  };
}

describe('throttling', () => {
  it('is waited out, and the mute sent again', async () => {
    const attempts: (string | undefined)[] = [];
    const client = await connected(throttledOnce(attempts));
    const id = await createdCall(client, ['ada', 'grace']);

    const started = performance.now();
    const operation: MuteParticipantOperation = await client
      .api(`/communications/calls/${id}/mute`)
      .post({ clientContext: 'after-the-wait' });

    expect(operation).toMatchObject({ clientContext: 'after-the-wait', status: 'completed' });
    expect(attempts).toEqual([undefined, '1']);
    expect(performance.now() - started).toBeGreaterThan(900);
  });
});
