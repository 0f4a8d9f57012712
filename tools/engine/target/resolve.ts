import { ConfigurationError } from '../catalogue/errors.ts';
import { readBaseUrl } from './base-url.ts';
import { type Build, buildOfEnvironment, firstKnown } from './ci-build.ts';
import { readListenAddress, readPublicUrl } from '../callback/callback-address.ts';
import { readDuration } from './duration.ts';
import { checkedToken, checkHeader, readGivenToken } from './given-token.ts';
import { isObject } from '../catalogue/json-value.ts';
import { isLoopback, proxyFor } from '../http/proxy.ts';
import {
  callKinds,
  type Capability,
  capabilityNames,
  defaultMaxBodyBytes,
  defaultTimeouts,
  type KeySource,
  type Target,
  type TargetFile,
} from './target.ts';
import { readTargetFile } from './target-file.ts';
import { readUserFile } from './user-file.ts';

/** What the command line says of the target; it overrides the target file. */
export interface TargetFlags {
  readonly baseUrl?: string;
  readonly apiVersion?: string;
  readonly tokenEnv?: string;
  readonly tokenFile?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly insecure?: boolean;
  readonly requestTimeout?: string;
  readonly notificationTimeout?: string;
  readonly quietWindow?: string;
  readonly callbackListen?: string;
  readonly callbackUrl?: string;
  readonly callbackTls?: boolean;
  readonly allowProduction?: boolean;
  readonly targetVersion?: string;
  readonly targetCommit?: string;
}

/** A target file by its name, or what would be written in one. */
export type TargetSource = string | TargetFile;

/** What resolving a target reads from outside. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** Relative paths are below it. */
  readonly workingDirectory: string;
  /** A token where none is given: Graph demands one, and an emulator may take any. */
  readonly placeholderToken: () => string;
}

function keySource(jwks: string, { workingDirectory }: Surroundings): KeySource {
  if (/^https?:\/\//i.test(jwks)) {
    if (URL.canParse(jwks)) return { url: jwks };
    throw new ConfigurationError(`callback.jwks ${JSON.stringify(jwks)} is no URL.`);
  }
  const text = readUserFile(jwks, 'callback.jwks', workingDirectory).replace(/^\uFEFF/, '');
  const keys = keysIn(text);
  if (keys !== undefined) return { keys: { keys } };
  throw new ConfigurationError(`callback.jwks ${jwks} is no JSON Web Key Set: an object with a list of keys.`);
}

/** The keys of a JSON Web Key Set: RFC 7517, section 5. */
function keysIn(text: string): Record<string, unknown>[] | undefined {
  try {
    const set: unknown = JSON.parse(text);
    const keys = isObject(set) ? set['keys'] : undefined;
    return Array.isArray(keys) && keys.length > 0 && keys.every(isObject) ? keys : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @throws ConfigurationError for a token endpoint that is no URL, or would get the client secret in the clear: plain
 *   http is for loopback alone
 */
function checkedCredentials(oauth: NonNullable<TargetFile['oauth']>, from: string): NonNullable<Target['oauth']> {
  const { tokenUrl } = oauth;
  const url = URL.canParse(tokenUrl) ? new URL(tokenUrl) : undefined;
  const loopback = url !== undefined && isLoopback(url.hostname);
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && loopback)) {
    throw new ConfigurationError(
      `${from}oauth.tokenUrl ${JSON.stringify(tokenUrl)} is no https URL; plain http is taken on loopback only, for the client secret goes there.`,
    );
  }
  return oauth;
}

function timeouts(flags: TargetFlags, file: TargetFile): Target['timeouts'] {
  const given = file.timeouts ?? {};
  const pick = (
    flag: string | undefined,
    name: string,
    written: string | undefined,
    where: string,
    byDefault: number,
  ) =>
    flag !== undefined ? readDuration(flag, name) : written !== undefined ? readDuration(written, where) : byDefault;
  return {
    requestMs: pick(
      flags.requestTimeout,
      '--request-timeout',
      given.request,
      'timeouts.request',
      defaultTimeouts.requestMs,
    ),
    notificationMs: pick(
      flags.notificationTimeout,
      '--notification-timeout',
      given.notification,
      'timeouts.notification',
      defaultTimeouts.notificationMs,
    ),
    quietMs: pick(flags.quietWindow, '--quiet-window', given.quiet, 'timeouts.quiet', defaultTimeouts.quietMs),
    throttleMs: pick(undefined, '', given.throttle, 'timeouts.throttle', defaultTimeouts.throttleMs),
  };
}

function capabilities(file: TargetFile, apiVersion: string): Target['capabilities'] {
  const declared = file.capabilities ?? {};
  const named = capabilityNames.map((name) => [name, declared[name] ?? false] as const);
  const capabilities = Object.fromEntries(named) as Record<Capability, boolean>;
  if (declared.app !== undefined || apiVersion !== 'beta') return capabilities;
  const { app: _undeclared, ...others } = capabilities;
  return others;
}

/** @throws ConfigurationError when there is no kind of call that the target has */
function calls({ calls: written = {} }: TargetFile, from: string): Target['calls'] {
  if (callKinds.every((kind) => written[kind] === 'none')) {
    throw new ConfigurationError(
      `${from}calls says none of every kind, so that there is nothing to mute; say how calls of one kind are made.`,
    );
  }
  return written;
}

/** The headers to send with every request, and those of them that are secret. */
function headers(file: TargetFile, from: string): { headers: Record<string, string>; secrets: string[] } {
  const entries = Object.entries(file.headers ?? {}).map(
    ([name, header]) => [name, typeof header === 'string' ? { value: header, secret: false } : header] as const,
  );
  for (const [name, { value }] of entries) checkHeader(name, value, from);
  return {
    headers: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
    secrets: entries.filter(([, { secret }]) => secret === true).map(([, { value }]) => value),
  };
}

function callback(flags: TargetFlags, file: TargetFile, surroundings: Surroundings): Target['callback'] {
  const written = file.callback ?? {};
  const publicUrl = flags.callbackUrl ?? written.publicUrl;
  const { jwks, issuer, audience } = written;
  return {
    ...readListenAddress(flags.callbackListen ?? written.listen ?? '127.0.0.1:0'),
    ...(publicUrl !== undefined && { publicUrl: readPublicUrl(publicUrl) }),
    tls: flags.callbackTls ?? written.tls ?? false,
    ...(jwks !== undefined && { jwks: keySource(jwks, surroundings) }),
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  };
}

/** Which build of the target is tested: what the flags say, else the file, else the CI system. */
function build({ targetVersion, targetCommit }: TargetFlags, file: TargetFile, environment: NodeJS.ProcessEnv): Build {
  const flags = {
    ...(targetVersion !== undefined && { version: targetVersion }),
    ...(targetCommit !== undefined && { commit: targetCommit }),
  };
  return firstKnown(flags, file, buildOfEnvironment(environment));
}

function requestsPerSecond(rate: string): number {
  const [, amount, unit] = /^(\d+)\/(s|m)$/.exec(rate) ?? [];
  return Number(amount) / (unit === 'm' ? 60 : 1);
}

/** What goes into a folder name, and tells a target without a name from others: its host and port. */
function nameOf(baseUrl: string): string {
  return new URL(baseUrl).host.replaceAll(/[^A-Za-z0-9.-]+/g, '-').replace(/^-+/, '') || 'target';
}

/** The text of a target file; JSON is YAML. */
function textOf(source: TargetSource, workingDirectory: string): string {
  return typeof source === 'object'
    ? JSON.stringify(source)
    : readUserFile(source, 'The target file', workingDirectory);
}

/**
 * Makes a target of the flags and, where there is one, the target file: what the flags say goes before.
 * @throws ConfigurationError with one clear paragraph for everything that is wrong
 */
export function resolveTarget(
  flags: TargetFlags,
  source: TargetSource | undefined,
  surroundings: Surroundings,
): Target {
  const { environment, workingDirectory, placeholderToken } = surroundings;
  const name = typeof source === 'object' ? 'the target' : source;
  const file =
    name === undefined || source === undefined
      ? {}
      : readTargetFile(textOf(source, workingDirectory), name, environment);
  const inFile = name === undefined ? '' : `${name}: `;
  const baseUrl = flags.baseUrl ?? file.baseUrl;
  if (baseUrl === undefined) {
    throw new ConfigurationError(
      `${name ?? 'The command'} names no baseUrl; add one, such as http://localhost:8080/beta.`,
    );
  }
  const from = flags.baseUrl === undefined ? `${inFile}baseUrl` : '--base-url';
  const root = readBaseUrl(baseUrl, flags.apiVersion ?? file.apiVersion, from, flags.allowProduction ?? false);
  const { tokenEnv, tokenFile } = flags;
  const given = readGivenToken(
    {
      ...(tokenEnv !== undefined && { tokenEnv }),
      ...(tokenFile !== undefined && { tokenFile }),
      ...(file.token !== undefined && { written: { token: file.token, from: `${inFile}token` } }),
    },
    environment,
    workingDirectory,
  );
  const token = given ?? (file.oauth === undefined ? placeholderToken() : undefined);
  const { headers: sent, secrets } = headers(file, inFile);
  const readPem = (name: string | undefined, flag: string) =>
    name === undefined ? undefined : readUserFile(name, flag, workingDirectory);
  const [ca, cert, key] = [readPem(flags.ca, '--ca'), readPem(flags.cert, '--cert'), readPem(flags.key, '--key')];
  if ((cert === undefined) !== (key === undefined)) {
    throw new ConfigurationError('--cert and --key go together; give both, or neither.');
  }
  const proxy = proxyFor(new URL(root.baseUrl), environment);
  if (proxy !== undefined && !URL.canParse(proxy)) {
    throw new ConfigurationError(
      'The proxy that the environment names for this target is no URL; mend it, or name the target in NO_PROXY.',
    );
  }
  const proxyPassword = proxy === undefined ? '' : decodeURIComponent(new URL(proxy).password);
  const { applicationId, rate } = file;
  // A token that is given goes before one that could be fetched.
  const oauth = file.oauth === undefined || given !== undefined ? undefined : checkedCredentials(file.oauth, inFile);
  const unprivilegedToken =
    file.unprivilegedToken === undefined
      ? undefined
      : checkedToken(file.unprivilegedToken.trim(), `${inFile}unprivilegedToken`);
  return {
    name: file.name ?? nameOf(root.baseUrl),
    ...root,
    build: build(flags, file, environment),
    ...(token !== undefined && { token }),
    ...(unprivilegedToken !== undefined && { unprivilegedToken }),
    ...(oauth !== undefined && { oauth }),
    headers: sent,
    secrets: [token, unprivilegedToken, file.oauth?.clientSecret, ...secrets, proxyPassword]
      .filter((secret) => secret !== undefined)
      .filter((secret) => secret !== ''),
    ...(applicationId !== undefined && { applicationId }),
    capabilities: capabilities(file, root.apiVersion),
    calls: calls(file, inFile),
    ...(file.callbacks !== undefined && { callbacks: file.callbacks }),
    callback: callback(flags, file, surroundings),
    timeouts: timeouts(flags, file),
    ...(rate !== undefined && { requestsPerSecond: requestsPerSecond(rate) }),
    maxBodyBytes: file.maxBodyBytes ?? defaultMaxBodyBytes,
    tls: {
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      insecure: flags.insecure ?? false,
    },
    ...(proxy !== undefined && { proxy }),
    notes: [
      ...(given === undefined && file.oauth === undefined ? ['no token was given: a random placeholder is sent'] : []),
      ...(flags.insecure === true ? ['the certificate of the target was not checked (--insecure)'] : []),
      ...(proxy !== undefined ? [`requests go through the proxy ${new URL(proxy).host}`] : []),
    ],
  };
}
