import { describe, expect, it } from 'vitest';
import type { ScriptedReply } from '../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../dev/testing/targets/scripted-session.ts';
import type { CallScope } from './calls/call-scope.ts';
import { CouldNotRun } from '../engine/target/could-not-run.ts';
import { muteBody } from './mute-request.ts';

async function scopeOn(reply: ScriptedReply): Promise<CallScope> {
  return (await startScriptedSession(() => reply)).scope();
}

async function answered(reply: ScriptedReply) {
  return (await scopeOn(reply)).send({ step: 'mute', method: 'POST', path: '/communications/calls/c/mute' });
}

describe('Answer', () => {
  it.each([
    [200, true],
    [204, true],
    [299, true],
    [300, false],
    [302, false],
    [404, false],
    [500, false],
  ])('tells whether %i is a success', async (status, succeeded) => {
    expect((await answered({ status })).succeeded).toBe(succeeded);
  });

  it('reads the media type without its parameters, in lower case', async () => {
    const headers = { 'Content-Type': 'Application/JSON ; odata.metadata=minimal;charset=utf-8' };
    expect((await answered({ status: 200, text: '{}', headers })).mediaType).toBe('application/json');
    expect((await answered({ status: 200 })).mediaType).toBe('');
  });

  it.each(['operation', 'error'] as const)('says of a body that is not JSON why, judged as %s', async (as) => {
    const [problem, ...others] = (await answered({ status: 200, text: '{"id":' })).problems(as);
    expect(problem).toMatchObject({
      pointer: '',
      message: expect.stringMatching(/^the body is not JSON: line 1, column 7: /) as string,
    });
    expect(others.every(({ message }) => message === problem?.message)).toBe(true);
    const missing = (await answered({ status: 200, json: {} })).problems(as);
    expect(missing.some(({ message }) => message.includes('not JSON'))).toBe(false);
  });

  it('gives the members of an object, and says when there is none', async () => {
    const answer = await answered({ status: 200, json: { id: 'op' }, headers: { Location: '/calls/c/operations/op' } });
    expect([answer.operationId, answer.members['id'], answer.location.value]).toEqual([
      'op',
      'op',
      '/calls/c/operations/op',
    ]);
    for (const text of ['', '[]', '"x"', 'null', '{"id":']) {
      const other = await answered({ status: 200, text });
      expect(() => other.members).toThrow(CouldNotRun);
      expect(() => other.operationId).toThrow(
        'POST /communications/calls/c/mute: the body of the answer is not a JSON object (see response.schema)',
      );
    }
  });

  it.each([{}, { id: '' }, { id: 5 }, { id: null }])('has no operation in %j', async (json) => {
    const answer = await answered({ status: 200, json });
    expect(() => answer.operationId).toThrow('has no id to compare with');
  });
});

describe('muteBody', () => {
  it('is as documented, unless it is to be otherwise', async () => {
    const scope = await scopeOn({ status: 200 });
    expect(muteBody({}, scope)).toEqual({
      json: { clientContext: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
    });
    expect(muteBody({ clientContext: 'mine' }, scope)).toEqual({ json: { clientContext: 'mine' } });
    expect(muteBody({ clientContext: undefined }, scope)).toEqual({ json: { clientContext: undefined } });
    expect(muteBody({ body: 'none' }, scope)).toBeUndefined();
    expect(muteBody({ body: { json: [] } }, scope)).toEqual({ json: [] });
    expect(muteBody({ clientContext: 'a', contentType: null }, scope)).toEqual({
      text: '{"clientContext":"a"}',
      contentType: null,
    });
  });
});
