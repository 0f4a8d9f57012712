import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import type { Results } from '../../engine/results/results.ts';
import { isApiVersion } from '../../engine/target/base-url.ts';
import { capabilityNames, type TargetFile } from '../../engine/target/target.ts';
import type { RunOptions } from './run-options.ts';

/**
 * The options of a rerun with the target of what is run again, where they name none: its name, base URL, version and
 * capabilities. What results do not hold (a token, where calls come from, certificates) has to be given again.
 * @returns the options as they are where they name a target, and where it was the embedded emulator
 * @throws ConfigurationError when the target cannot be taken from the results
 */
export function withRerunTarget(options: RunOptions, { target }: Results): RunOptions {
  if (options.baseUrl !== undefined || (options.target ?? []).length > 0) return options;
  if (target.embedded === true) return options;
  const { name, baseUrl, apiVersion, insecure = false } = target;
  if (options.fault !== undefined || options.variant !== undefined) {
    throw new ConfigurationError(
      `--rerun ${options.rerun ?? ''}: it is of the target ${name}, and --fault and --variant are about the embedded emulator; leave them out.`,
    );
  }
  if (insecure && options.insecure !== true) {
    throw new ConfigurationError(
      `--rerun ${options.rerun ?? ''}: the certificate of ${name} was not checked there; give --insecure again, or the target with --target.`,
    );
  }
  const capabilities = Object.fromEntries(
    capabilityNames.flatMap((each) => {
      const declared = target.capabilities[each];
      return declared === undefined ? [] : [[each, declared]];
    }),
  );
  const source: TargetFile = { name, baseUrl, capabilities, ...(isApiVersion(apiVersion) && { apiVersion }) };
  return { ...options, target: [source] };
}
