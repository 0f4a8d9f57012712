import { describe, expect, it } from 'vitest';
import type { CaseResult, Exchange } from '../../engine/results/results.ts';
import { sampleCase, sampleResults } from '../testing/sample-results.ts';
import { describeCases } from './describe-cases.ts';

const baseUrl = 'http://127.0.0.1:41234/beta';
const callId = '3f0c1c9e-7a55-4d0f-9a43-9a4c3b2f6d10';
const otherId = '8d4c2f7e-11d0-4b8e-8a60-5b1c9f0e7a23';
const operationId = 'c2b9a7d4-62e0-4f35-9f4b-0f1d2c3b4a59';

function exchange(
  step: string,
  method: string,
  path: string,
  more: { body?: string; answer?: object; headers?: Record<string, string>; truncated?: true } = {},
): Exchange {
  const { body, answer = {}, headers = { authorization: 'Bearer $TOKEN' }, truncated } = more;
  const common = {
    'user-agent': 'x',
    'accept-encoding': 'gzip',
    accept: 'application/json',
    'client-request-id': operationId,
  };
  return {
    step,
    sentAtMs: 1,
    ms: 1,
    curl: '',
    request: {
      method,
      url: baseUrl + path,
      headers: { ...common, ...headers },
      body: body ?? null,
      ...(truncated && { truncated }),
    },
    response: { status: 200, headers: {}, body: JSON.stringify(answer) },
  };
}

const created = (id: string, step = 'create group call') =>
  exchange(step, 'POST', '/communications/calls', { body: '{}', answer: { id } });
const deleted = (id: string) => exchange('delete call', 'DELETE', `/communications/calls/${id}`);
const mute = (id: string, clientContext = otherId, step = 'mute') =>
  exchange(step, 'POST', `/communications/calls/${id}/mute`, {
    body: JSON.stringify({ clientContext }),
    answer: { id: operationId },
  });

function described(exchanges: Exchange[], checked: string[] = [], over: Partial<CaseResult> = {}) {
  const one = sampleCase('status.success/answers-200', over.verdict ?? 'passed', { exchanges, checked, ...over });
  const [first] = describeCases(sampleResults([one], { target: { baseUrl } }));
  if (first === undefined) throw new Error('nothing was described');
  return first;
}

describe('what a case sends', () => {
  it('is told without what came before and after, with placeholders for what differs', () => {
    const { calls, requests } = described([
      created(callId),
      exchange('get call', 'GET', `/communications/calls/${callId}`),
      mute(callId),
      deleted(callId),
    ]);
    expect(calls).toEqual(['a group call']);
    expect(requests).toEqual([
      {
        step: 'mute',
        method: 'POST',
        path: '/communications/calls/{call-id}/mute',
        headers: { authorization: 'Bearer $TOKEN' },
        body: '{"clientContext":"{client-context}"}',
      },
    ]);
  });

  it('has the deletion of a call that is used afterwards, and tells two calls apart by their use', () => {
    const { calls, requests } = described([
      created(otherId),
      created(callId),
      deleted(callId),
      mute(callId),
      mute(otherId, 'x', 'control: mute'),
      deleted(otherId),
    ]);
    expect(calls).toEqual(['two group calls']);
    expect(requests.map(({ step, control, path }) => [step, control, path])).toEqual([
      ['delete call', undefined, '/communications/calls/{call-id}'],
      ['mute', undefined, '/communications/calls/{call-id}/mute'],
      ['mute', true, '/communications/calls/{other-call-id}/mute'],
    ]);
  });

  it('names calls by their kind', () => {
    const { requests } = described([
      created(callId, 'create peer-to-peer call'),
      created(otherId, 'create group call in a meeting'),
      mute(callId),
      mute(otherId),
    ]);
    expect(requests.map(({ path }) => path)).toEqual([
      '/communications/calls/{peer-to-peer-call-id}/mute',
      '/communications/calls/{meeting-call-id}/mute',
    ]);
  });

  it('is the same however often something was read, and in which order requests at once were answered', () => {
    const read = exchange('list participants', 'GET', `/communications/calls/${callId}/participants`);
    const one = described([created(callId), mute(callId, 'b'), mute(callId, 'a'), mute(callId, 'c'), read]);
    const other = described([
      created(callId),
      mute(callId, 'c'),
      mute(callId, 'a'),
      mute(callId, 'b'),
      read,
      read,
      read,
    ]);
    expect(other).toEqual(one);
    expect(one.requests.map(({ body, times }) => [body, times])).toEqual([
      ['{"clientContext":"a"}', 3],
      [undefined, undefined],
    ]);
  });

  it('is the same whichever path answered first of requests at once on both', () => {
    const mutes = (path: string) =>
      ['a', 'b', 'c'].map((context) => exchange('mute', 'POST', `${path}/calls/${callId}/mute`, { body: context }));
    const [app, present] = [mutes('/app'), mutes('/communications')];
    const one = described([created(callId), ...app, ...present]);
    expect(described([created(callId), ...present, ...app])).toEqual(one);
    expect(one.requests.map(({ times }) => times)).toEqual([3, 3]);
  });

  it('keeps the second of two requests alike', () => {
    expect(described([created(callId), mute(callId), mute(callId)]).requests).toHaveLength(2);
  });

  it('has only the beginning of a long body', () => {
    const { requests } = described([created(callId), mute(callId, 'x'.repeat(1000))]);
    expect(requests[0]).toMatchObject({ cut: true });
    expect(requests[0]?.body).toHaveLength(400);
  });

  it('has the headers that the case is about', () => {
    const { requests } = described([
      exchange('mute', 'POST', '/x', {
        headers: { authorization: 'Bearer [redacted]', accept: 'text/html', 'content-type': 'text/plain' },
      }),
    ]);
    expect(requests[0]?.headers).toEqual({
      authorization: 'Bearer {unprivilegedToken}',
      accept: 'text/html',
      'content-type': 'text/plain',
    });
  });
});

describe('what a case accepts', () => {
  it('is told in order, once, with placeholders', () => {
    const { checked } = described(
      [created(callId), mute(callId)],
      [
        'status 200',
        `the call to be ${callId}`,
        `the operation to be ${operationId}`,
        'status 200',
        'an update within 5000 ms',
        `id ${otherId}`,
      ],
    );
    expect(checked).toEqual([
      'status 200',
      'the call to be {call-id}',
      'the operation to be {operation-id}',
      'an update within the notification timeout',
      'id {guid}',
    ]);
  });

  it('has one for many that differ in what they quote', () => {
    expect(described([], ['echo "b\\"c", as sent', 'echo "a", as sent', 'echo "d", as sent']).checked).toEqual([
      'echo "a", as sent, and so for each of the requests',
    ]);
    expect(described([], ['echo "b"', 'echo "a"']).checked).toEqual(['echo "b"', 'echo "a"']);
  });

  it('may not have come about', () => {
    expect(described([], [], { verdict: 'not-applicable', reason: 'it had ended' })).toMatchObject({
      checked: [],
      unchecked: 'it had ended',
    });
  });
});

describe('a run with a case that failed', () => {
  it('describes nothing, and says what went wrong', () => {
    const failed = sampleCase('status.success/answers-200', 'failed');
    expect(() => describeCases(sampleResults([failed]))).toThrow(
      'the run against the emulator is not as it should be: status.success/answers-200: failed, status 201',
    );
  });
});
