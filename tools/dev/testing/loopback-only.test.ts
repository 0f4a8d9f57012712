import http from 'node:http';
import net from 'node:net';
import { expect, it } from 'vitest';
import './loopback-only.setup.ts';

it.each<[string, () => unknown]>([
  ['an address', () => net.connect(443, '192.0.2.1')],
  ['a name', () => net.connect({ host: 'elsewhere.example', port: 443 })],
  ['an agent', () => new http.Agent().createConnection({ host: 'elsewhere.example', port: 80 })],
])('refuses a connection that leaves the machine, by %s', (_how, connect) => {
  expect(connect).toThrow(/^a test connects to .*, which is not on loopback$/);
});

it('lets through what stays on it', async () => {
  const server = net.createServer((socket) => socket.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  for (const connect of [
    () => net.connect(port),
    () => net.connect(port, '127.0.0.1'),
    () => net.connect({ host: 'localhost', port, family: 4 }),
  ]) {
    const socket = connect();
    expect(await new Promise((resolve) => socket.once('data', (data) => resolve(String(data))))).toBe('hello');
    socket.destroy();
  }
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
