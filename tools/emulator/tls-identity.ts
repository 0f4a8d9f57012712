import { isIP } from 'node:net';
import { generate } from 'selfsigned';
import type { TlsIdentity } from './start.ts';

/**
 * A certificate that nobody has signed, with its key, valid for a year.
 * @param names host names and addresses that it is for, beside loopback
 */
export function selfSignedIdentity(names: readonly string[] = []): Promise<TlsIdentity> {
  const hosts = [...new Set(['localhost', '127.0.0.1', '::1', ...names])];
  const extensions = [
    { name: 'basicConstraints', cA: false },
    {
      name: 'subjectAltName',
      altNames: hosts.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
    },
  ];
  return new Promise((resolve, reject) => {
    // With a callback, the key is made beside the event loop.
    generate(
      [{ name: 'commonName', value: 'localhost' }],
      { keySize: 2048, algorithm: 'sha256', extensions },
      (error, result) => {
        if (error) reject(error);
        else resolve({ key: result.private, cert: result.cert });
      },
    );
  });
}
