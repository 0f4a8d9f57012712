import net from 'node:net';
import https from 'node:https';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { act, authorized, callsPaths, createCall, twoTargets } from '../dev/testing/emulated-call.ts';
import { type EmulatorServer, startEmulatorServer } from './start.ts';
import { selfSignedIdentity } from './tls-identity.ts';

/** Sends bytes and returns what comes back until the connection closes or the answer has ended. */
function exchangeBytes({ origin }: EmulatorServer, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(Number(new URL(origin).port), '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    const done = (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (/\r\n\r\n/.test(answer)) setImmediate(done);
    });
    socket.on('close', done);
    socket.on('error', done);
  });
}

describe('startEmulator', () => {
  it('keeps instances apart', async () => {
    const emulators = await Promise.all(Array.from({ length: 5 }, () => startEmulatorServer()));
    const [one, other] = emulators as [EmulatorServer, EmulatorServer];
    expect(new Set(emulators.flatMap(({ origin, token, applicationId }) => [origin, token, applicationId])).size).toBe(
      15,
    );
    const { id } = await createCall(one);
    await act(other, id).expect(404);
    await act(one, id).set('Authorization', `Bearer ${other.token}`).expect(401);
    await act(one, id).expect(200);
    expect([one.liveCalls(), other.liveCalls()]).toEqual([1, 0]);
    await Promise.all(emulators.map((emulator) => emulator.close()));
  });

  it('shows a call under both versions and both roots, and counts those that live', async () => {
    const emulator = await startEmulatorServer();
    for (const path of callsPaths) {
      const { id } = await createCall(emulator, twoTargets, undefined, path);
      expect(emulator.liveCalls()).toBe(1);
      for (const other of callsPaths)
        await authorized(request(emulator.origin).get(`${other}/${id}`), emulator).expect(200);
      await authorized(request(emulator.origin).get(`${path}/${id.toUpperCase()}`), emulator).expect(200);
      await authorized(request(emulator.origin).delete(`${path}/${id}`), emulator).expect(204);
      expect(emulator.liveCalls()).toBe(0);
    }
    await emulator.close();
  });

  it('serves https', async () => {
    const tls = await selfSignedIdentity();
    const emulator = await startEmulatorServer({ tls });
    expect(emulator.baseUrl('beta')).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/beta$/);
    const agent = new https.Agent({ ca: tls.cert });
    const { headers } = await authorized(
      request(emulator.origin).post('/v1.0/communications/calls').agent(agent),
      emulator,
    )
      .send({ callbackUri: 'https://localhost:9/', ...twoTargets })
      .expect(201);
    expect(headers.location).toMatch(emulator.baseUrl('v1.0'));
    agent.destroy();
    await emulator.close();
  });

  it('says so when the port is taken', async () => {
    const emulator = await startEmulatorServer();
    await expect(startEmulatorServer({ port: Number(new URL(emulator.origin).port) })).rejects.toThrow('EADDRINUSE');
    await emulator.close();
  });

  it('closes with requests under way and notifications undelivered', async () => {
    const emulator = await startEmulatorServer({
      deviation: { id: 'mute', summary: '', hooks: () => ({ request: () => 'hanging' }) },
    });
    const hanging = authorized(request(emulator.origin).get('/beta/communications/calls/x'), emulator).then(
      () => 'answered',
      () => 'torn',
    );
    await exchangeBytes(emulator, 'junk\r\n\r\n');
    await emulator.close();
    expect(await hanging).toBe('torn');
  });

  it('takes whatever it is sent without an error of its own', async () => {
    const emulator = await startEmulatorServer();
    const { id } = await createCall(emulator);
    const target = `/beta/communications/calls/${id}/mute`;
    const head = (line: string, ...headers: string[]): string =>
      [line, `Authorization: Bearer ${emulator.token}`, ...headers, '', ''].join('\r\n');
    const attempts: (string | Buffer)[] = [
      'GARBAGE\r\n\r\n',
      head(`POST ${target} HTTP/1.1`),
      head(`POST ${target} HTTP/1.1`, 'Host: a b'),
      head(`POST ${target} HTTP/1.1`, 'Host: "><script>', 'Content-Type: application/json', 'Content-Length: 0'),
      head(`POST ${target} HTTP/1.1`, 'Host: h', 'Content-Length: -1'),
      head(`POST ${target} HTTP/1.1`, 'Host: h', 'Content-Length: 1', 'Content-Length: 2'),
      head(`POST ${target} HTTP/1.1`, 'Host: h', 'Transfer-Encoding: chunked', 'Content-Length: 2') +
        '2\r\n{}\r\n0\r\n\r\n',
      head(`POST ${target} HTTP/1.1`, 'Host: h', `X: ${'x'.repeat(60_000)}`),
      head(`POST ${target} HTTP/1.1`, 'Host: h', 'Transfer-Encoding: chunked', 'Content-Type: application/json') +
        'zz\r\n',
      head('POST /beta/communications/calls/%/mute HTTP/1.1', 'Host: h', 'Content-Length: 0'),
      head('POST /beta/communications/calls/%ff%fe/mute?%&=%zz HTTP/1.1', 'Host: h', 'Content-Length: 0'),
      head('GET /beta/communications/calls/../../../etc/passwd HTTP/1.1', 'Host: h'),
      head('GET //beta//communications HTTP/1.1', 'Host: h'),
      head(`GET http://[::1/beta HTTP/1.1`, 'Host: h'),
      head('OPTIONS * HTTP/1.1', 'Host: h'),
      head('TRACE / HTTP/1.1', 'Host: h'),
      head('CONNECT example.com:443 HTTP/1.1', 'Host: h'),
      head(`POST ${target} HTTP/1.0`, 'Content-Length: 2', 'Content-Type: application/json') + '{}',
      head(
        `POST ${target} HTTP/1.1`,
        'Host: h',
        'client-request-id: \xff\xfe\t"<>',
        'Scenario-Id: \x80',
        'Content-Length: 0',
      ),
      head(`GET /${'x'.repeat(10_000)} HTTP/1.1`, 'Host: h'),
      Buffer.from(`POST /beta/communications/calls/\u00e9\u4e2d/mute HTTP/1.1\r\nHost: h\r\n\r\n`),
    ];
    for (const attempt of attempts) {
      const answer = await exchangeBytes(emulator, attempt);
      expect(answer, String(attempt).slice(0, 100)).toMatch(/^(HTTP\/1\.1 [24]\d\d |$)/);
    }
    const deep = `{"callbackUri":"http://127.0.0.1:9/","chatInfo":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)},"meetingInfo":{}}`;
    await authorized(request(emulator.origin).post('/beta/communications/calls'), emulator)
      .set('Content-Type', 'application/json')
      .send(deep)
      .expect(400);
    await authorized(request(emulator.origin).post('/beta/communications/calls'), emulator)
      .set('Content-Type', 'application/json')
      .send(
        '{"callbackUri":"http://127.0.0.1:9/","__proto__":{"a":1},"targets":[1,null,{"identity":7},{"identity":{"user":[]}}],"source":"x"}',
      )
      .expect(201);
    await act(emulator, id).expect(200);
    await emulator.close();
  });

  it('refuses a body that does not end without reading on for ever', async () => {
    const emulator = await startEmulatorServer();
    const { id } = await createCall(emulator);
    const answer = await new Promise<string>((resolve) => {
      const socket = net.connect(Number(new URL(emulator.origin).port), '127.0.0.1');
      const piece = Buffer.alloc(65_536, 'x');
      let sent = 0;
      let received = '';
      const more = (): void => {
        while (!socket.destroyed && sent < 1e9) {
          sent += piece.length;
          if (!socket.write(piece)) return;
        }
      };
      socket.on('data', (chunk) => (received += chunk.toString()));
      socket.on('drain', more);
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(`${received.slice(0, 12)} after ${sent < 64e6 ? 'little' : 'much'}`));
      socket.write(
        `POST /beta/communications/calls/${id}/mute HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${emulator.token}\r\n` +
          'Content-Type: application/json\r\nContent-Length: 9999999999\r\n\r\n',
      );
      more();
    });
    expect(answer).toMatch(/^(HTTP\/1\.1 413)? after little$/);
    await emulator.close();
  });
});
