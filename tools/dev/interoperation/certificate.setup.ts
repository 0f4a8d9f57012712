import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import type { TlsIdentity } from '../../emulator/start.ts';
import { selfSignedIdentity } from '../../emulator/tls-identity.ts';

declare module 'vitest' {
  interface ProvidedContext {
    identity: TlsIdentity;
  }
}

/**
 * Makes the certificate of the emulators, and has the processes of the tests trust it as a bot's own process would: by
 * NODE_EXTRA_CA_CERTS, since the SDK offers nothing for it.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const identity = await selfSignedIdentity();
  const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-interoperation-'));
  const file = path.join(folder, 'emulator.pem');
  writeFileSync(file, identity.cert);
  process.env['NODE_EXTRA_CA_CERTS'] = file;
  project.provide('identity', identity);
  return () => {
    delete process.env['NODE_EXTRA_CA_CERTS'];
    rmSync(folder, { recursive: true });
  };
}
