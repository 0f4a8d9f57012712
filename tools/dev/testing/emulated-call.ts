import request, { type Test } from 'supertest';
import type { EmulatorServer } from '../../emulator/start.ts';

/** Nothing listens there: for tests that do not look at notifications. */
export const closedCallback = 'http://127.0.0.1:9/callback';

export const twoTargets = {
  targets: [
    { identity: { user: { id: '6d2f0f0e-1f2a-4f0d-9a39-0a1d4f2f6a01', displayName: 'Ann' } } },
    { identity: { user: { id: '6d2f0f0e-1f2a-4f0d-9a39-0a1d4f2f6a02', displayName: 'Ben' } } },
  ],
};
export const oneTarget = { targets: twoTargets.targets.slice(0, 1) };

/** The coordinates of a meeting, by its thread. */
export function meeting(threadId: string): object {
  return { targets: [], chatInfo: { threadId, messageId: '0' }, meetingInfo: { allowConversationWithoutHost: true } };
}

/** Where calls are: a version and a root of an emulator. */
export type CallsPath = '/beta/communications/calls' | '/beta/app/calls' | '/v1.0/communications/calls';
export const callsPaths: readonly CallsPath[] = [
  '/beta/communications/calls',
  '/beta/app/calls',
  '/v1.0/communications/calls',
];

/** A request with the emulator's token. */
export function authorized(test: Test, { token }: EmulatorServer): Test {
  return test.set('Authorization', `Bearer ${token}`);
}

export async function createCall(
  emulator: EmulatorServer,
  body: object = twoTargets,
  callbackUri: string = closedCallback,
  path: CallsPath = '/beta/communications/calls',
): Promise<{ id: string; myParticipantId: string }> {
  const { body: call } = await authorized(request(emulator.origin).post(path), emulator)
    .send({ callbackUri, ...body })
    .expect(201);
  return call;
}

/** A mute, or another action, of a call. */
export function act(
  emulator: EmulatorServer,
  callId: string,
  body: object | string = {},
  action = 'mute',
  path: CallsPath = '/beta/communications/calls',
): Test {
  const test = authorized(request(emulator.origin).post(`${path}/${callId}/${action}`), emulator);
  return test.set('Content-Type', 'application/json').send(body);
}
