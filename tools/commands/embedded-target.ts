import type { Emulator } from '../emulator/start.ts';
import { defaultMaxBodyBytes } from '../target/http-client.ts';
import { type ApiVersion, type Capability, capabilityNames, type Target } from '../target/target.ts';

/** The name of the embedded emulator, and of its report folder. */
export const embeddedName = 'emulator';

/** The embedded emulator as a target that declares everything it has. */
export function embeddedTarget(
  emulator: Emulator,
  apiVersion: ApiVersion,
  timeouts: Target['timeouts'],
  callback: Pick<Target['callback'], 'host' | 'port' | 'tls'>,
): Target {
  return {
    name: embeddedName,
    baseUrl: emulator.baseUrl(apiVersion),
    apiVersion,
    token: emulator.token,
    unprivilegedToken: emulator.unprivilegedToken,
    headers: {},
    secrets: [emulator.token, emulator.unprivilegedToken],
    applicationId: emulator.applicationId,
    capabilities: Object.fromEntries(
      capabilityNames.map((name) => [name, name !== 'app' || apiVersion === 'beta']),
    ) as Record<Capability, boolean>,
    calls: {},
    callback: {
      ...callback,
      jwks: { keys: { keys: emulator.jwks.keys.map((key) => ({ ...key })) } },
      issuer: emulator.issuer,
      audience: emulator.audience,
    },
    timeouts,
    maxBodyBytes: defaultMaxBodyBytes,
    tls: { insecure: false },
    notes: [],
  };
}
