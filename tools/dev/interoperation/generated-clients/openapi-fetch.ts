import createClient from 'openapi-fetch';
// Made by openapi-typescript from the fragment: `npm run generate`.
import type { paths } from '../../../../specs/generated/openapi.ts';
import type { DrivenCall, Driver } from './driven-call.ts';

const call = '/communications/calls/{call-id}';

/** Drives one call with openapi-fetch, as a bot would. */
export async function driveOneCall({ baseUrl, token, callbackUri }: Driver): Promise<DrivenCall> {
  const client = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });

  const created = await client.POST('/communications/calls', {
    body: { callbackUri, targets: [{ identity: { user: { id: 'ada' } } }, { identity: { user: { id: 'grace' } } }] },
  });
  const path = { 'call-id': created.data?.id ?? '' };

  const { data: muted } = await client.POST(`${call}/mute`, {
    params: { path },
    body: { clientContext: 'before-the-break' },
  });
  const status = muted?.status;
  // @ts-expect-error the generated type knows the words of operationStatus
  if (status === 'finished') throw new Error('there is no such status');

  const { data: roster } = await client.GET(`${call}/participants`, { params: { path } });
  const { data: readBack } = await client.GET(`${call}/operations/{operation-id}`, {
    params: { path: { ...path, 'operation-id': muted?.id ?? '' } },
  });
  const { data: unmuted } = await client.POST(`${call}/unmute`, { params: { path }, body: {} });
  const { data: unmuteReadBack } = await client.GET(`${call}/operations/{operation-id}`, {
    params: { path: { ...path, 'operation-id': unmuted?.id ?? '' } },
  });

  await client.DELETE(call, { params: { path } });
  const { error, response } = await client.POST(`${call}/mute`, { params: { path }, body: {} });
  return {
    callId: created.data?.id,
    muted,
    isCompleted: status === 'completed',
    readBack,
    unmuted,
    unmuteReadBack,
    mutedParticipants: (roster?.value ?? []).flatMap(({ id, isMuted }) => (isMuted ? [id] : [])),
    refusal: { status: response.status, code: error?.error.code },
  };
}
