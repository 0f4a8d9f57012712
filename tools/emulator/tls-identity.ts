import { isIP } from 'node:net';
import { generate } from 'selfsigned';
import type { TlsIdentity } from './start.ts';

/**
 * A certificate that nobody has signed, with its key, valid for a year.
 * @param names host names and addresses that it is for, beside loopback
 */
export async function selfSignedIdentity(names: readonly string[] = []): Promise<TlsIdentity> {
  const hosts = [...new Set(['localhost', '127.0.0.1', '::1', ...names])];
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: hosts.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
      },
    ],
  });
  return { key, cert };
}
