import { createServer, get, type Server } from 'node:http';
import { createServer as createSecureServer, get as getSecurely } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createPlainServer } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { selfSignedIdentity } from '../emulator/tls-identity.ts';
import { type App, serveApp } from './serve-app.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const app = (_request: unknown, response: { end(text: string): unknown }) => void response.end('here');

function statusOf(origin: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const secure = origin.startsWith('https:');
    const request = secure ? getSecurely(origin, { rejectUnauthorized: false }) : get(origin);
    request.once('error', reject).once('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
  });
}

function listening(server: Server): Promise<Server> {
  closing.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe('serveApp', () => {
  const apps: Record<string, () => App> = {
    'a request listener': () => app,
    'a server': () => createServer(app),
    'an app with a server of its own': () => ({ server: createServer(app), ready: async () => undefined }),
  };
  it.each(Object.entries(apps))('serves %s until it is closed', async (_name, make) => {
    const { origin, close } = await serveApp(make());
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await statusOf(origin)).toBe(200);
    await close();
    await expect(statusOf(origin)).rejects.toThrow('ECONNREFUSED');
  });

  it('serves a server of node:https over https', async () => {
    const { origin, close } = await serveApp(createSecureServer(await selfSignedIdentity(), app));
    closing.push(close);
    expect(origin).toMatch(/^https:/);
    expect(await statusOf(origin)).toBe(200);
  });

  it('takes a server that is listening where it is, and leaves it so', async () => {
    const server = await listening(createServer(app));
    const { origin, close } = await serveApp(server);
    expect(origin).toBe(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await close();
    expect(await statusOf(origin)).toBe(200);
  });

  class Koa {
    callback() {
      return app;
    }
  }
  class NestApplication {
    getHttpServer() {
      return createServer(app);
    }
  }
  class Hono {
    fetch() {
      return new Response();
    }
  }
  it.each<[unknown, string]>([
    [undefined, 'undefined as app; expected an http.RequestListener'],
    [null, 'null as app; expected an http.RequestListener'],
    ['http://localhost:8080/beta', '"http://localhost:8080/beta" as app; a URL goes into baseUrl'],
    [8080, '8080 as app; expected'],
    [{}, 'an empty object as app; expected'],
    [{ default: app }, 'an object with "default" as app; expected'],
    [Promise.resolve(app), 'a promise as app; await it first'],
    [createPlainServer(), 'an object of the class Server as app; expected an http.RequestListener, an http.Server'],
    [new Koa(), 'an object of the class Koa as app; give its request listener: app.callback()'],
    [new NestApplication(), 'an object of the class NestApplication as app; give its server, after init()'],
    [new Hono(), 'an object of the class Hono as app; give a request listener for its fetch'],
  ])('refuses what is not an app, and says what to give: %#', async (given, message) => {
    const error: unknown = await serveApp(given as App).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(message);
  });

  it('says why an app does not get ready', async () => {
    const ready = () => Promise.reject(new Error('the plugin is not there'));
    await expect(serveApp({ server: createServer(app), ready })).rejects.toThrow(
      'The app that run() was given did not become ready: the plugin is not there',
    );
  });

  it.skipIf(process.platform === 'win32')('refuses a server that listens on a pipe', async () => {
    const server = createServer(app);
    const pipe = path.join(mkdtempSync(path.join(tmpdir(), 'app-')), 'app.sock');
    await new Promise<void>((resolve) => server.listen(pipe, resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    await expect(serveApp(server)).rejects.toThrow(/listens on .*app\.sock; give it a port/);
  });
});
