import type { Deviation } from '../../emulator/deviation.ts';
import type { EmulatorServer } from '../../emulator/start.ts';
import type { DeviationChoice } from '../../emulator/find-deviation.ts';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import {
  type ApiVersion,
  type Capability,
  capabilityNames,
  defaultMaxBodyBytes,
  type Target,
} from '../../engine/target/target.ts';
import { listenerOf, type TargetConfig, timeoutsOf } from '../../engine/target/target-config.ts';
import type { ChosenTargets, TargetChoice } from './config.ts';

/** The name of the embedded emulator, and of its report folder. */
export const embeddedName = 'emulator';

/**
 * The embedded emulator as a target that declares everything it has.
 * @param deviation what the emulator was started with: where it does not have something, the target does not declare it
 */
export function embeddedTarget(
  emulator: EmulatorServer,
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
    timeouts: { ...timeouts, ...overrides.timeouts },
    maxBodyBytes: defaultMaxBodyBytes,
    tls: { insecure: false },
    notes: id === undefined ? [] : [`the emulator runs with ${id}: ${summary}`],
  };
}

/** What says how to reach a target, and nothing about the embedded emulator. */
const meantForATarget: Readonly<Record<string, (target: TargetConfig) => unknown>> = {
  '--token-env': ({ token }) => token?.env,
  '--token-file': ({ token }) => token?.file,
  '--ca': ({ tls }) => tls?.ca,
  '--cert': ({ tls }) => tls?.cert,
  '--key': ({ tls }) => tls?.key,
  '--insecure': ({ tls }) => tls?.insecure,
  '--callback-url': ({ callback }) => callback?.publicUrl,
  '--target-version': ({ version }) => version,
  '--target-commit': ({ commit }) => commit,
};

/**
 * Nobody may test the embedded emulator while they think that they test their own target.
 * @throws ConfigurationError when something says that a target was meant
 */
function checkEmulatorIsMeant(target: TargetConfig, environment: NodeJS.ProcessEnv): void {
  const empty = ['CALL_MUTE_BASE_URL', 'CALL_MUTE_TARGET'].find((name) => environment[name]?.trim() === '');
  if (empty !== undefined) {
    throw new ConfigurationError(
      `${empty} is set and empty, and nothing else names a target; fill it in, or unset it to test the embedded emulator.`,
    );
  }
  const [flag] = Object.entries(meantForATarget).find(([, said]) => said(target) !== undefined) ?? [];
  if (flag !== undefined) {
    throw new ConfigurationError(
      `${flag} says how to reach a target, but none is given; add --base-url or --target, or leave it out to test the embedded emulator.`,
    );
  }
}

/** The faults and variants are loaded where one is chosen. */
async function deviationOf(choice: DeviationChoice): Promise<Deviation | undefined> {
  const { fault, rate, when, variant } = choice;
  if ([fault, rate, when, variant].every((said) => said === undefined)) return undefined;
  return (await import('../../emulator/find-deviation.ts')).chosenDeviation(choice);
}

/**
 * The embedded emulator, not started yet.
 * @throws ConfigurationError for a fault or variant that there is not, and when a target of the user's was meant
 */
export async function chooseEmbedded(
  { target: said, deviation: choice }: TargetChoice,
  environment: NodeJS.ProcessEnv,
): Promise<ChosenTargets> {
  checkEmulatorIsMeant(said, environment);
  const deviation = await deviationOf(choice);
  return {
    names: [embeddedName],
    async start() {
      const { startEmulatorServer } = await import('../../emulator/start.ts');
      const emulator = await startEmulatorServer(deviation === undefined ? {} : { deviation });
      const { apiVersion = 'beta' } = said;
      const target = embeddedTarget(emulator, apiVersion, timeoutsOf(said), listenerOf(said), deviation);
      return { targets: [target], close: () => emulator.close() };
    },
  };
}
