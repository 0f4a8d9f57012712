import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { isRequirementId } from '../engine/catalogue/catalogue.ts';
import { act, authorized, createCall, meeting, oneTarget, twoTargets } from '../dev/testing/emulated-call.ts';
import { type CallbackSink, startCallbackSink } from '../dev/testing/callback-sink.ts';
import type { Deviation } from './deviation.ts';
import { faults } from './faults/index.ts';
import { findFault, findVariant } from './find-deviation.ts';
import { type EmulatorServer, startEmulatorServer } from './start.ts';
import { variants } from './variants/index.ts';

const started: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(started.splice(0).map((server) => server.close())));

async function start(deviation: Deviation): Promise<{ emulator: EmulatorServer; sink: CallbackSink }> {
  const [emulator, sink] = await Promise.all([startEmulatorServer({ deviation }), startCallbackSink()]);
  started.push(emulator, sink);
  return { emulator, sink };
}

describe('the lists of faults and variants', () => {
  const all: readonly Deviation[] = [...faults, ...variants];

  it('name each but once', () => {
    const ids = all.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('are written alike', () => {
    for (const { id, summary } of all) {
      expect(id).toMatch(/^[a-z\d]+(-[a-z\d]+)*$/);
      expect(summary, id).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it('speak of requirements that there are, none twice in one list', () => {
    for (const { id, breaks, mayAlsoBreak = [] } of faults) {
      const named = [...breaks, ...mayAlsoBreak];
      expect(breaks, id).not.toEqual([]);
      expect(
        named.filter((requirement) => !isRequirementId(requirement)),
        id,
      ).toEqual([]);
      for (const list of [breaks, mayAlsoBreak]) expect(new Set(list).size, id).toBe(list.length);
    }
    const bends = variants.flatMap((variant) => variant.bends ?? []);
    expect(bends.filter((requirement) => !isRequirementId(requirement))).toEqual([]);
  });

  it('are found by id, and a near miss is told', () => {
    expect(findFault('status-201').id).toBe('status-201');
    expect(findVariant('roster-delta').id).toBe('roster-delta');
    expect(() => findFault('status-202')).toThrow('Did you mean "status-201"?');
    expect(() => findVariant('nothing like it')).toThrow('no variant "nothing like it". `list variants`');
  });

  it.each(all)('can be started with: $id', async (deviation) => {
    const { emulator } = await start(deviation);
    const { id } = await createCall(emulator);
    // Some answer with what is not JSON.
    const answer = await act(emulator, id)
      .buffer(true)
      .parse((response, done) => {
        response.on('data', () => undefined);
        response.on('end', () => done(null, undefined));
      });
    expect(answer.status).toBeLessThan(500);
  });
});

describe('hooks', () => {
  it('request: end requests before they are looked at, counting for themselves', async () => {
    const fault = findFault('every-tenth-request-torn');
    const [{ emulator }, { emulator: other }] = await Promise.all([start(fault), start(fault)]);
    const outcomes: string[] = [];
    for (let n = 1; n <= 20; n += 1) {
      const test = authorized(request(emulator.origin).get('/beta/communications/calls/x'), emulator);
      outcomes.push(
        await test.then(
          ({ status }) => String(status),
          () => 'torn',
        ),
      );
    }
    expect(outcomes.flatMap((outcome, index) => (outcome === 'torn' ? [index + 1] : []))).toEqual([10, 20]);
    expect((await act(other, 'x')).status).toBe(404);
  });

  it('request: answer early', async () => {
    const { emulator } = await start({
      id: 'throttling',
      summary: 'Throttles',
      hooks: () => ({ request: () => ({ status: 429, headers: [['Retry-After', '1']], raw: 'slow down' }) }),
    });
    const { headers, text } = await act(emulator, 'x').expect(429);
    expect([headers['retry-after'], headers['content-length'], text]).toEqual(['1', '9', 'slow down']);
  });

  it('rule: waive what would be refused', async () => {
    const { emulator } = await start(findFault('missing-token-accepted'));
    const { id } = await createCall(emulator);
    await act(emulator, id).unset('Authorization').expect(200);
    await act(emulator, id).set('Authorization', 'Bearer wrong').expect(401);
    const ended = await start(findFault('ended-call-muted'));
    const call = await createCall(ended.emulator);
    await authorized(request(ended.emulator.origin).delete(`/beta/communications/calls/${call.id}`), ended.emulator);
    await act(ended.emulator, call.id).expect(200);
  });

  it('rule: cannot waive a call into being', async () => {
    const { emulator } = await start({ id: 'x', summary: '', hooks: () => ({ rule: () => undefined }) });
    await act(emulator, 'unknown').expect(404);
  });

  it('rule: refuse what would be accepted', async () => {
    const { emulator } = await start({
      id: 'meetings-refused',
      summary: 'Mutes no meetings',
      hooks: () => ({
        rule: ({ call }, rule, refusal) =>
          rule === 'group-call' && call?.kind === 'meeting' ? { status: 403, code: 'no', message: 'no' } : refusal,
      }),
    });
    await act(emulator, (await createCall(emulator, meeting('19:x'))).id).expect(403);
    await act(emulator, (await createCall(emulator, twoTargets)).id).expect(200);
  });

  it('decision: answer with another operation', async () => {
    const { emulator } = await start(findFault('client-context-trimmed'));
    const { id } = await createCall(emulator);
    expect((await act(emulator, id, { clientContext: ' a b ' })).body.clientContext).toBe('a b');
  });

  it('decision: refuse', async () => {
    const { emulator, sink } = await start({
      id: 'refusing',
      summary: 'Refuses every mute',
      hooks: () => ({ decision: () => ({ accepted: false, refusal: { status: 409, code: 'x', message: 'y' } }) }),
    });
    const { id } = await createCall(emulator, twoTargets, sink.url());
    await act(emulator, id).expect(409);
    await act(emulator, id, {}, 'unmute').expect(409);
  });

  it('state: change more than was asked for', async () => {
    const { emulator, sink } = await start(findFault('mute-mutes-every-call'));
    const one = await createCall(emulator, twoTargets, sink.url('/one'));
    await createCall(emulator, twoTargets, sink.url('/other'));
    await sink.until(({ length }) => length === 3, '/other');
    await act(emulator, one.id);
    const other = await sink.until(({ length }) => length === 4, '/other');
    expect(JSON.stringify(other.at(-1)?.body)).toContain('"isMuted":true');
  });

  it('reply: change status, headers and body, duplicates and raw text included', async () => {
    const { emulator } = await start({
      id: 'odd-reply',
      summary: 'Answers oddly',
      hooks: () => ({
        reply: ({ operation }, reply) =>
          operation === 'mute'
            ? {
                ...reply,
                status: 202,
                headers: [...reply.headers, ['X-Twice', 'a'], ['X-Twice', 'b']],
                raw: ['{"a"', ':1}'],
              }
            : reply,
      }),
    });
    const { id } = await createCall(emulator);
    const { body, headers } = await act(emulator, id).expect(202);
    expect(body).toEqual({ a: 1 });
    expect([headers['x-twice'], headers['transfer-encoding']]).toEqual(['a, b', 'chunked']);
    const html = await start(findFault('error-body-html'));
    expect((await act(html.emulator, 'x').expect(404)).type).toBe('text/html');
    await act(html.emulator, (await createCall(html.emulator)).id).expect(200);
  });

  it('reply: tear the body', async () => {
    const { emulator } = await start({
      id: 'torn-body',
      summary: 'Tears the body of its answers',
      hooks: () => ({
        reply: ({ operation }, reply) =>
          operation === 'mute'
            ? { ...reply, headers: [...reply.headers, ['Content-Length', '1000']], raw: '{"id"', torn: true }
            : reply,
      }),
    });
    const { id } = await createCall(emulator);
    await expect(act(emulator, id)).rejects.toThrow('aborted');
  });

  it('reply: act on the call although the request was refused', async () => {
    const { emulator, sink } = await start(findFault('unauthorized-mute-mutes'));
    const { id } = await createCall(emulator, twoTargets, sink.url());
    await sink.until(({ length }) => length === 3);
    await act(emulator, id).unset('Authorization').expect(401);
    const received = await sink.until(({ length }) => length === 4);
    expect(JSON.stringify(received.at(-1)?.body)).toContain('"isMuted":true');
  });

  it('notification: drop, redirect and edit', async () => {
    const missing = await start(findFault('roster-missing'));
    const { id } = await createCall(missing.emulator, twoTargets, missing.sink.url());
    await act(missing.emulator, id);
    await act(missing.emulator, id, {}, 'unmute');
    const seen = await missing.sink.until(({ length }) => length === 4);
    expect(JSON.stringify(seen.map(({ body }) => body))).not.toContain('"isMuted":true');

    const astray = await start(findFault('callback-without-query'));
    await createCall(astray.emulator, twoTargets, astray.sink.url('/callback?secret=1'));
    await astray.sink.until(({ length }) => length === 3, '/callback');

    const edited = await start(findFault('roster-muted-as-text'));
    const call = await createCall(edited.emulator, twoTargets, edited.sink.url());
    await act(edited.emulator, call.id);
    const [, , , roster] = await edited.sink.until(({ length }) => length === 4);
    expect(JSON.stringify(roster?.body)).toContain('"isMuted":"true"');
  });

  it('notification: send several, and hold back with the others waiting or overtaking', async () => {
    const holding = (held: { delayMs: number; detached?: boolean }): Deviation => ({
      id: 'holding-establishing',
      summary: 'Says establishing late',
      hooks: () => ({
        notification: ({ cause }, delivery) =>
          cause === 'establishing' ? [{ ...delivery, ...held }] : [delivery, delivery],
      }),
    });
    const waiting = await start(holding({ delayMs: 20 }));
    await createCall(waiting.emulator, twoTargets, waiting.sink.url());
    const [first] = await waiting.sink.until(({ length }) => length === 5);
    expect(JSON.stringify(first?.body)).toContain('establishing');
    const overtaking = await start(holding({ delayMs: 60_000, detached: true }));
    await createCall(overtaking.emulator, twoTargets, overtaking.sink.url());
    const others = await overtaking.sink.until(({ length }) => length === 4);
    expect(JSON.stringify(others.map(({ body }) => body))).not.toContain('establishing');
  });

  it('identifier: give ids of another form', async () => {
    const { emulator } = await start({
      id: 'opaque',
      summary: 'Gives ids that are no GUIDs',
      hooks: () => ({ identifier: (kind, proposed) => `${kind}_${proposed.replaceAll('-', '')}` }),
    });
    const { id, myParticipantId } = await createCall(emulator);
    const { body } = await act(emulator, id).expect(200);
    expect([id, myParticipantId, body.id].map((text) => String(text).split('_')[0])).toEqual([
      'call',
      'participant',
      'operation',
    ]);
  });
});

describe('variants', () => {
  it('complete an operation later', async () => {
    const { emulator, sink } = await start(findVariant('operation-asynchronous'));
    const { id } = await createCall(emulator, twoTargets, sink.url());
    await sink.until(({ length }) => length === 3);
    const { body, headers } = await act(emulator, id, { clientContext: 'later' }).expect(200);
    expect(body.status).toBe('running');
    const [, , , roster, operation] = await sink.until(({ length }) => length === 5);
    expect(JSON.stringify(roster?.body)).toContain('"isMuted":true');
    expect(operation?.body).toMatchObject({
      value: [
        {
          changeType: 'deleted',
          resourceUrl: `/communications/calls/${id}/operations/${body.id}`,
          resourceData: {
            '@odata.type': '#microsoft.graph.muteParticipantOperation',
            id: body.id,
            status: 'completed',
            clientContext: 'later',
            resultInfo: { code: 200 },
          },
        },
      ],
    });
    const { pathname } = new URL(String(headers.location));
    const read = await authorized(request(emulator.origin).get(pathname), emulator).expect(200);
    expect(read.body.status).toBe('completed');
  });

  it('deliver the roster before the reply', async () => {
    const { emulator, sink } = await start(findVariant('roster-before-reply'));
    const { id } = await createCall(emulator, twoTargets, sink.url());
    await act(emulator, id).expect(200);
    expect(JSON.stringify(sink.received.at(-1)?.body)).toContain('"isMuted":true');
  });

  it('announce only the muted participant, to every leg', async () => {
    const { emulator, sink } = await start(findVariant('roster-delta'));
    const { id, myParticipantId } = await createCall(emulator, meeting('19:delta'), sink.url());
    await createCall(emulator, meeting('19:delta'), sink.url('/other'));
    await sink.until(({ length }) => length === 3, '/other');
    await act(emulator, id);
    const received = await sink.until(({ length }) => length === 4, '/other');
    expect(received.at(-1)?.body).toMatchObject({ value: [{ resourceData: { id: myParticipantId, isMuted: true } }] });
  });

  it('list nobody in peer-to-peer calls', async () => {
    const { emulator } = await start(findVariant('peer-to-peer-roster-empty'));
    const { id } = await createCall(emulator, oneTarget);
    const path = `/beta/communications/calls/${id}/participants`;
    expect((await authorized(request(emulator.origin).get(path), emulator).expect(200)).body.value).toEqual([]);
  });
});
