import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { selfSignedIdentity } from './tls-identity.ts';

it('is for loopback and the names that are given, for a year, and no authority', async () => {
  const before = Date.now();
  const { key, cert } = await selfSignedIdentity(['hooks.example', '10.0.0.7', '2001:db8::7', 'localhost']);
  const certificate = new X509Certificate(cert);
  expect(certificate.subjectAltName?.split(', ')).toEqual([
    'DNS:localhost',
    'IP Address:127.0.0.1',
    'IP Address:0:0:0:0:0:0:0:1',
    'DNS:hooks.example',
    'IP Address:10.0.0.7',
    'IP Address:2001:DB8:0:0:0:0:0:7',
  ]);
  expect(certificate.checkHost('other.example')).toBeUndefined();
  expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(certificate.ca).toBe(false);
  const days = (time: string) => Math.round((Date.parse(time) - before) / 86_400_000) + 0;
  expect([days(certificate.validFrom), days(certificate.validTo)]).toEqual([0, 365]);
});
