import { checkListenAddress } from '../../engine/callback/callback-receiver.ts';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import type { Results } from '../../engine/results/results.ts';
import { isApiVersion } from '../../engine/target/base-url.ts';
import { capabilityNames, type Target, type TargetFile } from '../../engine/target/target.ts';
import type { ChosenTargets, RunConfig, RunIo, TargetChoice } from './config.ts';

/** Whether a target is given: otherwise the embedded emulator is tested. */
export function isTargetGiven({ target, sources }: Pick<TargetChoice, 'target' | 'sources'>): boolean {
  return target.baseUrl !== undefined || sources.length > 0;
}

/**
 * Finds out what is to be tested: the embedded emulator, when no target is given.
 * @throws ConfigurationError with one clear paragraph for everything that is wrong
 */
export async function chooseTargets(choice: TargetChoice, io: RunIo): Promise<ChosenTargets> {
  if (isTargetGiven(choice)) return (await import('./given-targets.ts')).chooseGiven(choice, io);
  return (await import('./embedded-target.ts')).chooseEmbedded(choice, io.environment);
}

/**
 * The config of a rerun with the target of what is run again, where it names none: its name, base URL, version and
 * capabilities. What results do not hold (a token, where calls come from, certificates) has to be given again.
 * @returns the config as it is where it names a target, and where it was the embedded emulator
 * @throws ConfigurationError when the target cannot be taken from the results
 */
export function withRerunTarget(config: RunConfig, { target }: Results): RunConfig {
  if (isTargetGiven(config) || target.embedded === true) return config;
  const { name, baseUrl, apiVersion, insecure = false } = target;
  const { fault, variant } = config.deviation;
  const refuse = (problem: string) => new ConfigurationError(`--rerun ${config.rerun ?? ''}: ${problem}`);
  if (fault !== undefined || variant !== undefined) {
    throw refuse(
      `it is of the target ${name}, and --fault and --variant are about the embedded emulator; leave them out.`,
    );
  }
  if (insecure && config.target.tls?.insecure !== true) {
    throw refuse(
      `the certificate of ${name} was not checked there; give --insecure again, or the target with --target.`,
    );
  }
  const capabilities = Object.fromEntries(
    capabilityNames.flatMap((each) => {
      const declared = target.capabilities[each];
      return declared === undefined ? [] : [[each, declared]];
    }),
  );
  const source: TargetFile = { name, baseUrl, capabilities, ...(isApiVersion(apiVersion) && { apiVersion }) };
  return { ...config, sources: [source] };
}

/**
 * Sees to it before anything is sent that every target's callbacks can be listened for.
 * @throws ConfigurationError when an address is taken or not of this machine, or when two targets have the same
 */
export async function checkCallbacks(targets: readonly Pick<Target, 'name' | 'callback'>[]): Promise<void> {
  const takenBy = new Map<string, string>();
  for (const { name, callback } of targets) {
    const { host, port } = callback;
    if (port !== 0) {
      const address = `${host}:${port}`;
      const other = takenBy.get(address);
      if (other !== undefined) {
        throw new ConfigurationError(
          `${other} and ${name} are to be called back at the same address ${address}; give each a port of its own (callback.listen), or run them one after another.`,
        );
      }
      takenBy.set(address, name);
    }
    await checkListenAddress({ host, port });
  }
}
