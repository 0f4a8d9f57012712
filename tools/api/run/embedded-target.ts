import type { Deviation } from '../../emulator/deviation.ts';
import type { Emulator } from '../../emulator/start.ts';
import { readDuration } from '../../engine/target/duration.ts';
import {
  type ApiVersion,
  type Capability,
  capabilityNames,
  defaultMaxBodyBytes,
  type Target,
} from '../../engine/target/target.ts';

/** The name of the embedded emulator, and of its report folder. */
export const embeddedName = 'emulator';

/**
 * The embedded emulator as a target that declares everything it has.
 * @param deviation what the emulator was started with: where it does not have something, the target does not declare it
 */
export function embeddedTarget(
  emulator: Emulator,
  apiVersion: ApiVersion,
  timeouts: Target['timeouts'],
  callback: Pick<Target['callback'], 'host' | 'port' | 'tls'>,
  { id, summary = '', target: overrides = {} }: Partial<Deviation> = {},
): Target {
  const version = overrides.apiVersion ?? apiVersion;
  const { app, ...others } = {
    ...(Object.fromEntries(capabilityNames.map((name) => [name, name !== 'app' || version === 'beta'])) as Record<
      Capability,
      boolean
    >),
    ...overrides.capabilities,
  };
  return {
    name: embeddedName,
    baseUrl: emulator.baseUrl(version),
    apiVersion: version,
    embedded: true,
    token: emulator.token,
    unprivilegedToken: emulator.unprivilegedToken,
    headers: {},
    secrets: [emulator.token, emulator.unprivilegedToken],
    applicationId: emulator.applicationId,
    capabilities: overrides.undeclared === 'app' ? others : { ...others, app },
    calls: {},
    callback: {
      ...callback,
      jwks: { keys: { keys: emulator.jwks.keys.map((key) => ({ ...key })) } },
      issuer: emulator.issuer,
      audience: emulator.audience,
    },
    timeouts: withOverrides(timeouts, overrides.timeouts),
    maxBodyBytes: defaultMaxBodyBytes,
    tls: { insecure: false },
    notes: id === undefined ? [] : [`the emulator runs with ${id}: ${summary}`],
  };
}

function withOverrides(
  timeouts: Target['timeouts'],
  { request, notification, quiet, throttle }: NonNullable<NonNullable<Deviation['target']>['timeouts']> = {},
): Target['timeouts'] {
  const read = (given: string | undefined, usual: number) =>
    given === undefined ? usual : readDuration(given, 'a timeout of the deviation');
  return {
    requestMs: read(request, timeouts.requestMs),
    notificationMs: read(notification, timeouts.notificationMs),
    quietMs: read(quiet, timeouts.quietMs),
    throttleMs: read(throttle, timeouts.throttleMs),
  };
}
