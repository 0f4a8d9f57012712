/** Emulators as apps of Express and Fastify, tested in this process: run({ app }). */
import express from 'express';
import fastify from 'fastify';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../dist/tools/api/index.js';
import { type EmulatorServer, startEmulatorServer } from '../../emulator/start.ts';

let emulator: EmulatorServer;
beforeEach(async () => {
  emulator = await startEmulatorServer();
});
afterEach(() => emulator.close());

/** What all of these apps do with a request: the emulator answers it. */
function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = http.request(`${emulator.origin}${url}`, { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  incoming.pipe(onward);
}

function expressApp() {
  const app = express();
  app.use(forward);
  return app;
}

function fastifyApp() {
  const app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.setNotFoundHandler((request, reply) => {
    reply.hijack();
    forward(request.raw, reply.raw);
  });
  return app;
}

const suite = ['status-codes', 'request-body'];

describe('run({ app })', () => {
  it('takes an Express app', async () => {
    const results = await run({ app: expressApp(), token: emulator.token, suite });
    expect(results.run.exitCode).toBe(0);
    expect(results.summary.must.passed).toBeGreaterThan(20);
  });

  it('takes a Fastify app, and makes it ready', async () => {
    const results = await run({ app: fastifyApp(), token: emulator.token, suite });
    expect(results.run.exitCode).toBe(0);
    expect(results.summary.must.passed).toBeGreaterThan(20);
  });

  it('takes the server of a Fastify app that is ready', async () => {
    const app = fastifyApp();
    await app.ready();
    const results = await run({ app: app.server, token: emulator.token, requirement: 'status.success' });
    expect(results.run.exitCode).toBe(0);
    await app.close();
  });
});
