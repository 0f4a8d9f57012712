import net from 'node:net';
import { expect, it } from 'vitest';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { checkCallbacks } from './check-callbacks.ts';

const target = (name: string, port: number, host = '127.0.0.1') => ({ name, callback: { host, port, tls: false } });

async function takenPort(): Promise<{ port: number; free: () => Promise<void> }> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, free: () => new Promise((resolve) => server.close(() => resolve())) };
}

it('takes any free ports, however many targets there are, and does not keep them', async () => {
  const { port, free } = await takenPort();
  await free();
  await checkCallbacks([target('one', 0), target('two', 0), target('three', port)]);
  await checkCallbacks([target('three', port)]);
});

it('refuses what is taken, is not of this machine, or is asked for twice', async () => {
  const { port, free } = await takenPort();
  await expect(checkCallbacks([target('one', port)])).rejects.toThrow(ConfigurationError);
  await expect(checkCallbacks([target('one', port)])).rejects.toThrow(/EADDRINUSE.*--callback-listen/);
  await free();
  await expect(checkCallbacks([target('one', 0, '192.0.2.1')])).rejects.toThrow(/EADDRNOTAVAIL/);
  await expect(checkCallbacks([target('one', port), target('two', port)])).rejects.toThrow(/one and two.*same address/);
});
