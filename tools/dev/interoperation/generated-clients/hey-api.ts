import type { DrivenCall, Driver } from './driven-call.ts';
import { createClient } from './generated/client/index.ts';
import { createCall, deleteCall, getOperation, listParticipants, muteCall, unmuteCall } from './generated/sdk.gen.ts';

/** Drives one call with the client that @hey-api/openapi-ts generates, as a bot would. */
export async function driveOneCall({ baseUrl, token, callbackUri }: Driver): Promise<DrivenCall> {
  const client = createClient({ baseUrl, auth: token });

  const created = await createCall({
    client,
    body: { callbackUri, targets: [{ identity: { user: { id: 'ada' } } }, { identity: { user: { id: 'grace' } } }] },
  });
  const path = { 'call-id': created.data?.id ?? '' };

  const { data: muted } = await muteCall({ client, path, body: { clientContext: 'before-the-break' } });
  const status = muted?.status;
  // @ts-expect-error the generated type knows the words of operationStatus
  if (status === 'finished') throw new Error('there is no such status');

  const { data: roster } = await listParticipants({ client, path });
  const { data: readBack } = await getOperation({ client, path: { ...path, 'operation-id': muted?.id ?? '' } });
  const { data: unmuted } = await unmuteCall({ client, path, body: {} });
  const { data: unmuteReadBack } = await getOperation({
    client,
    path: { ...path, 'operation-id': unmuted?.id ?? '' },
  });

  await deleteCall({ client, path });
  const { error, response } = await muteCall({ client, path, body: {} });
  return {
    callId: created.data?.id,
    muted,
    isCompleted: status === 'completed',
    readBack,
    unmuted,
    unmuteReadBack,
    mutedParticipants: (roster?.value ?? []).flatMap(({ id, isMuted }) => (isMuted ? [id] : [])),
    refusal: { status: response?.status, code: error?.error.code },
  };
}
