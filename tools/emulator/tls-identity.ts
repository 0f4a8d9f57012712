import { generate } from 'selfsigned';
import type { TlsIdentity } from './start.ts';

/** A certificate for loopback that nobody has signed, with its key, valid for a year. */
export async function selfSignedIdentity(): Promise<TlsIdentity> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { key, cert };
}
