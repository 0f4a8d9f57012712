import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { didYouMean } from '../engine/catalogue/nearest.ts';
import type { TargetFile } from '../engine/target/target.ts';
import type { TargetSource } from '../engine/target/target-file.ts';
import { readOptions, type RunConfig } from './run/config.ts';
import type { App } from './serve-app.ts';

/** Milliseconds, or a text such as `300ms`, `10s` or `2m`. */
type Duration = number | string;

/** What a run is about. Without `baseUrl`, `app` and `target` the embedded reference emulator is tested. */
export interface RunOptions {
  /** The service root of the target with its version, e.g. http://localhost:8080/beta. Short for `target: { baseUrl }`. */
  readonly baseUrl?: string | URL;
  /**
   * A target in this process: a request listener, a server of `node:http` or `node:https`, an Express or Fastify app.
   * It is served on a free port of the loopback interface for as long as the run goes on, and tested at `/beta`, or
   * where `apiVersion` or a path as `baseUrl` says.
   */
  readonly app?: App;
  /** The bearer token; with `baseUrl` or `app` only. */
  readonly token?: string;
  /** What the target declares to have; with `baseUrl` or `app` only. */
  readonly capabilities?: TargetFile['capabilities'];
  /** What a target file would say (specs/target.schema.json), or the name of one; several make several results. */
  readonly target?: TargetSource | readonly TargetSource[];
  /** The version of the API, where the base URL does not end in it. */
  readonly apiVersion?: 'beta' | 'v1.0';
  /** Which version of the target is tested, for the reports. */
  readonly targetVersion?: string;
  /** Of which commit; by default the one that the CI system names. */
  readonly targetCommit?: string;
  /** The id of a fault of the embedded emulator. */
  readonly fault?: string;
  /** The share of the requests in which that fault shows, over 0 and up to 1; all by default. */
  readonly rate?: number;
  /** The situation in which alone it shows, e.g. `repeated`. */
  readonly when?: string;
  /** The id of a variant of the embedded emulator. */
  readonly variant?: string;

  /** Only these suites; anything that matches nothing is a mistake. */
  readonly suite?: string | readonly string[];
  /** Only cases whose id matches one of these globs. */
  readonly case?: string | readonly string[];
  /** Only cases of these requirements. */
  readonly requirement?: string | readonly string[];
  /** Score only what this set of requirements has. */
  readonly requirementSet?: string;
  /** A file of failures that are known and tolerated. */
  readonly knownIssues?: string;
  /** The results.json of an earlier run: only what is worse than there fails. For several targets one each. */
  readonly baseline?: string | readonly string[];
  /** Whether a should that does not hold makes the exit code 1, too. */
  readonly strict?: boolean;

  /** What everything random derives from. */
  readonly seed?: number;
  /** How often each case runs. */
  readonly repeat?: number;
  /** Requests in flight at most; 16 by default. */
  readonly concurrency?: number;
  /** Whether to stop at the first failed must. */
  readonly bail?: boolean;
  /** For one answer; 10s by default. */
  readonly requestTimeout?: Duration;
  /** For an update on the callback; 5s by default. */
  readonly notificationTimeout?: Duration;
  /** Of silence at least before it is believed; 300ms by default. */
  readonly quietWindow?: Duration;
  /** For the whole run; 10m by default. */
  readonly runTimeout?: Duration;
  /** How long to wait until the target answers at all; not at all by default. */
  readonly wait?: Duration;

  /** Where to listen for callbacks; 127.0.0.1:0 by default. */
  readonly callbackListen?: string;
  /** Where the target reaches that listener, if under another name. */
  readonly callbackUrl?: string;
  /** Whether the callback is served over https. */
  readonly callbackTls?: boolean;
  /** The file of the certificate authorities to trust, in PEM. */
  readonly ca?: string;
  /** Whether to take any certificate of the target; marked in the results. */
  readonly insecure?: boolean;
  /** Whether Microsoft Graph itself may be the target. */
  readonly allowProduction?: boolean;

  /** Writes all that is sent and received to this cassette, without secrets. */
  readonly record?: string;
  /** The verdicts of this cassette, with no target and no network; one of several targets makes several results. */
  readonly replay?: string;

  /** A folder for results.json and the reports; without it nothing is written. Of several targets each gets its own in it. */
  readonly reportDir?: string;
  /** Which reports beside results.json: junit, html, md, badge, ctrf. */
  readonly formats?: readonly string[];
  /** Whose requests, answers and notifications the results have: of all cases, or (by default) of those that did not pass. */
  readonly transcripts?: 'all' | 'failures';
  /** Ends the run early: calls are deleted, and the results are of what there was time for. */
  readonly signal?: AbortSignal;
}

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

/**
 * Reads the options of the library. Where an app is served is for the caller to add.
 * @param caller the function that was given them, for messages
 * @throws ConfigurationError for options that there are not, or that do not go together
 */
export function readRunOptions(options: RunOptions, caller: string): RunConfig {
  refuseMistakes(options, caller);
  const target = 'app' in options ? [appSource(options, caller)] : sources(options, caller);
  return readOptions({ ...options, baseUrl: undefined, target });
}

/** The config for a target that is served where an app is. */
export function servedAt(config: RunConfig, baseUrl: string): RunConfig {
  return { ...config, target: { ...config.target, baseUrl: { text: baseUrl, from: '--base-url' } } };
}

/**
 * What is said of an app beside where it is served.
 * @throws ConfigurationError for several targets, or a token beside one
 */
function appSource({ token, capabilities, target = {} }: RunOptions, caller: string): TargetSource {
  if (isList(target)) throw new ConfigurationError(`${caller}() takes one target beside app; leave the others out.`);
  const given = { ...(token !== undefined && { token }), ...(capabilities !== undefined && { capabilities }) };
  if (Object.keys(given).length === 0) return typeof target === 'string' ? target : { name: 'app', ...target };
  const twice = Object.keys(given).find((name) => typeof target === 'string' || name in target);
  if (typeof target === 'string' || twice !== undefined) {
    throw new ConfigurationError(`${caller}() takes target or ${twice} beside app; put the ${twice} into the target.`);
  }
  return { name: 'app', ...target, ...given };
}

/**
 * Where in an app the service root is.
 * @throws ConfigurationError for a base URL with an origin: the app has one
 */
export function serviceRootIn({ baseUrl, apiVersion, target }: RunOptions, caller: string): string {
  if (baseUrl === undefined) {
    const written = typeof target === 'object' && !isList(target) ? target.apiVersion : undefined;
    return `/${apiVersion ?? written ?? 'beta'}`;
  }
  if (typeof baseUrl === 'string' && baseUrl.startsWith('/')) return baseUrl;
  throw new ConfigurationError(
    `${caller}() serves app itself, and takes a path as baseUrl beside it, such as "/graph/beta"; it was given ${JSON.stringify(baseUrl)}.`,
  );
}

/** @throws ConfigurationError for a token or capabilities without a base URL, or any of them beside a target */
function sources(options: RunOptions, caller: string): readonly TargetSource[] | undefined {
  const { baseUrl, token, capabilities, target } = options;
  const given = { ...(token !== undefined && { token }), ...(capabilities !== undefined && { capabilities }) };
  const [one] = Object.keys(given);
  if (target !== undefined && (baseUrl !== undefined || one !== undefined)) {
    throw new ConfigurationError(
      `${caller}() takes target, or baseUrl and token; put baseUrl, token and capabilities into the target.`,
    );
  }
  if (target !== undefined) return isList(target) ? target : [target];
  if (baseUrl !== undefined) return [{ baseUrl: String(baseUrl), ...given }];
  if (one === undefined) return undefined;
  throw new ConfigurationError(
    `${caller}() was given ${one === 'token' ? 'a token' : one} and neither baseUrl nor app; add one, or leave the ${one} out.`,
  );
}

function isList(target: TargetSource | readonly TargetSource[]): target is readonly TargetSource[] {
  return Array.isArray(target);
}
