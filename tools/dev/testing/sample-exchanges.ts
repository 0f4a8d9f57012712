/**
 * What a case of a run that never took place has sent and received, for the tests of the reports. Ids and names are
 * made up; the shapes are those of specs/results.schema.json.
 */
import type { Exchange, NotificationRecord } from '../../engine/results/results.ts';

export const call = '6f1d3a52-9d0e-4c57-8a31-0b7c5f0e9a11';
export const operation = '0c9be7a4-2f3d-4a86-9d25-7be1e3c1f5d2';
export const origin = 'http://localhost:8080/beta';

export function muteExchange(changes: Partial<Exchange> = {}): Exchange {
  const url = `${origin}/communications/calls/${call}/mute`;
  return {
    step: 'mute',
    sentAtMs: 112.4,
    request: {
      method: 'POST',
      url,
      headers: {
        authorization: 'Bearer $TOKEN',
        'content-type': 'application/json',
        'client-request-id': '3f0a8c8e-6d5e-5a3c-9b7e-2d4f6a8b0c1d',
      },
      body: '{"clientContext":"sample-context"}',
    },
    response: {
      status: 200,
      headers: {
        'content-type': 'application/json',
        location: `${origin}/communications/calls/${call}/operations/${operation}`,
        'set-cookie': ['a=1', 'b=2'],
      },
      body: JSON.stringify({
        '@odata.type': '#microsoft.graph.muteParticipantOperation',
        id: operation,
        status: 'completed',
        clientContext: 'sample-context',
      }),
    },
    ms: 3.1,
    curl: `curl -i -X POST '${url}' -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"clientContext":"sample-context"}'`,
    ...changes,
  };
}

export function createExchange(): Exchange {
  const body = '{"callbackUri":"http://127.0.0.1:45123/c/5d2c","targets":[{},{}]}';
  return muteExchange({
    step: 'create call',
    sentAtMs: 100,
    request: { method: 'POST', url: `${origin}/communications/calls`, headers: {}, body },
    response: { status: 201, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id: call }) },
    ms: 2.2,
    curl: `curl -i -X POST '${origin}/communications/calls' -H "Authorization: Bearer $TOKEN" -d '${body}'`,
  });
}

export function rosterNotification(changes: Partial<NotificationRecord> = {}): NotificationRecord {
  return {
    receivedAtMs: 121.9,
    kind: 'roster',
    method: 'POST',
    path: '/c/5d2c?run=7',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      '@odata.type': '#microsoft.graph.commsNotifications',
      value: [
        {
          '@odata.type': '#microsoft.graph.commsNotification',
          changeType: 'updated',
          resourceUrl: `/communications/calls/${call}/participants`,
          resourceData: [{ '@odata.type': '#microsoft.graph.participant', id: 'p-1', isMuted: true, isInLobby: false }],
        },
      ],
    }),
    problems: [],
    ...changes,
  };
}
