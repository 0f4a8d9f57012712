import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import type { Deviation } from '../../emulator/deviation.ts';
import { isApiVersion } from '../../engine/target/base-url.ts';
import { readListenAddress } from '../../engine/callback/callback-address.ts';
import { readDuration } from '../../engine/target/duration.ts';
import { defaultTimeouts } from '../../engine/target/target.ts';
import { embeddedName, embeddedTarget } from './embedded-target.ts';
import { type ChosenTargets, isAboutEmulator, type TargetChoice } from './target-choice.ts';
import type { RunSurroundings } from './run-surroundings.ts';

/** What says how to reach a target, and nothing about the embedded emulator. */
const meantForATarget = {
  '--token-env': 'tokenEnv',
  '--token-file': 'tokenFile',
  '--ca': 'ca',
  '--cert': 'cert',
  '--key': 'key',
  '--insecure': 'insecure',
  '--callback-url': 'callbackUrl',
  '--target-version': 'targetVersion',
  '--target-commit': 'targetCommit',
} as const;

/**
 * Nobody may test the embedded emulator while they think that they test their own target.
 * @throws ConfigurationError when something says that a target was meant
 */
function checkEmulatorIsMeant(choice: TargetChoice, environment: NodeJS.ProcessEnv): void {
  const empty = ['CALL_MUTE_BASE_URL', 'CALL_MUTE_TARGET'].find((name) => environment[name]?.trim() === '');
  if (empty !== undefined) {
    throw new ConfigurationError(
      `${empty} is set and empty, and nothing else names a target; fill it in, or unset it to test the embedded emulator.`,
    );
  }
  const [flag] = Object.entries(meantForATarget).find(([, name]) => choice[name] !== undefined) ?? [];
  if (flag !== undefined) {
    throw new ConfigurationError(
      `${flag} says how to reach a target, but none is given; add --base-url or --target, or leave it out to test the embedded emulator.`,
    );
  }
}

/** The faults and variants are loaded where one is chosen. */
async function deviationOf(choice: TargetChoice): Promise<Deviation | undefined> {
  if (!isAboutEmulator(choice)) return undefined;
  return (await import('../../emulator/find-deviation.ts')).chosenDeviation(choice);
}

async function chooseEmbedded(choice: TargetChoice): Promise<ChosenTargets> {
  const deviation = await deviationOf(choice);
  const { apiVersion = 'beta' } = choice;
  if (!isApiVersion(apiVersion)) {
    throw new ConfigurationError(`The API version ${JSON.stringify(apiVersion)} is neither beta nor v1.0.`);
  }
  const duration = (flag: string | undefined, name: string, byDefault: number) =>
    flag === undefined ? byDefault : readDuration(flag, name);
  const timeouts = {
    requestMs: duration(choice.requestTimeout, '--request-timeout', defaultTimeouts.requestMs),
    notificationMs: duration(choice.notificationTimeout, '--notification-timeout', defaultTimeouts.notificationMs),
    quietMs: duration(choice.quietWindow, '--quiet-window', defaultTimeouts.quietMs),
    throttleMs: defaultTimeouts.throttleMs,
  };
  const callback = { ...readListenAddress(choice.callbackListen ?? '127.0.0.1:0'), tls: choice.callbackTls ?? false };
  return {
    names: [embeddedName],
    async start() {
      const { startEmulator } = await import('../../emulator/start.ts');
      const emulator = await startEmulator(deviation === undefined ? {} : { deviation });
      const target = embeddedTarget(emulator, apiVersion, timeouts, callback, deviation);
      return { targets: [target], close: () => emulator.close() };
    },
  };
}

/**
 * Finds out what is to be tested: the embedded emulator, when no target is given.
 * @throws ConfigurationError with one clear paragraph for everything that is wrong
 */
export async function chooseTargets(choice: TargetChoice, surroundings: RunSurroundings): Promise<ChosenTargets> {
  if (choice.baseUrl !== undefined || (choice.target ?? []).length > 0) {
    return (await import('./given-targets.ts')).chooseGiven(choice, surroundings);
  }
  checkEmulatorIsMeant(choice, surroundings.environment);
  return chooseEmbedded(choice);
}
