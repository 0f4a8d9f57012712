import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { didYouMean } from '../../engine/catalogue/nearest.ts';

/** What run() and conformance() can be told. */
export const optionNames = [
  'baseUrl',
  'app',
  'token',
  'capabilities',
  'target',
  'apiVersion',
  'targetVersion',
  'targetCommit',
  'fault',
  'rate',
  'when',
  'variant',
  'suite',
  'case',
  'requirement',
  'requirementSet',
  'knownIssues',
  'baseline',
  'strict',
  'seed',
  'repeat',
  'concurrency',
  'bail',
  'requestTimeout',
  'notificationTimeout',
  'quietWindow',
  'runTimeout',
  'wait',
  'callbackListen',
  'callbackUrl',
  'callbackTls',
  'ca',
  'insecure',
  'allowProduction',
  'record',
  'replay',
  'reportDir',
  'formats',
  'transcripts',
  'signal',
] as const;

/** Without any of them the embedded emulator is tested. */
const namesOfTargets = ['baseUrl', 'target', 'replay'] as const;

/**
 * Nobody may test the embedded emulator while they think that they test their own target: what names one and is
 * undefined, empty or misspelt is a mistake. Callers in JavaScript may give anything.
 * @param caller the function that was given them, for messages
 * @throws ConfigurationError
 */
export function refuseMistakes(options: object, caller: string): void {
  const given = options as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((name) => !optionNames.some((known) => known === name));
  if (unknown !== undefined) {
    throw new ConfigurationError(
      `${caller}() has no option ${JSON.stringify(unknown)}${didYouMean(unknown, optionNames)}`,
    );
  }
  const missing = namesOfTargets.find((name) => name in given && (given[name] === undefined || given[name] === null));
  if (missing !== undefined) {
    throw new ConfigurationError(
      `${caller}() was given ${missing} as ${String(given[missing])}; give it a value, or leave it out to test the embedded emulator.`,
    );
  }
  const { target } = given;
  if (!Array.isArray(target)) return;
  if (target.length === 0) {
    throw new ConfigurationError(
      `${caller}() was given no target in the list target; put one into it, or leave it out to test the embedded emulator.`,
    );
  }
  const none = target.findIndex((one) => one === undefined || one === null);
  if (none !== -1) {
    throw new ConfigurationError(
      `${caller}() was given target ${none + 1} of ${target.length} as ${String(target[none])}.`,
    );
  }
}
