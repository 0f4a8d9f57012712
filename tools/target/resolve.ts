import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../contract/errors.ts';
import { readBaseUrl } from './base-url.ts';
import { readDuration } from './duration.ts';
import { defaultMaxBodyBytes } from './http-client.ts';
import { proxyFor } from './proxy.ts';
import {
  type Capability,
  capabilityNames,
  defaultTimeouts,
  type KeySource,
  type Target,
  type TargetFile,
} from './target.ts';
import { readTargetFile } from './target-file.ts';

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
}

/** What resolving a target reads from outside. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** Relative paths are below it. */
  readonly workingDirectory: string;
  /** A token where none is given: Graph demands one, and an emulator may take any. */
  readonly placeholderToken: () => string;
}

/** Reads a file that the user named. @throws ConfigurationError when it cannot be read */
export function readUserFile(file: string, what: string, workingDirectory: string): string {
  try {
    return readFileSync(path.resolve(workingDirectory, file), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const problem =
      code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${String(code)})`;
    throw new ConfigurationError(`${what} ${file} ${problem}.`);
  }
}

function tokenOf(flags: TargetFlags, file: TargetFile, surroundings: Surroundings): string | undefined {
  const { tokenEnv, tokenFile } = flags;
  if (tokenEnv !== undefined && tokenFile !== undefined) {
    throw new ConfigurationError('--token-env and --token-file both give a token; keep one of them.');
  }
  if (tokenEnv !== undefined) {
    const token = surroundings.environment[tokenEnv]?.trim();
    if (token) return token;
    throw new ConfigurationError(`--token-env ${tokenEnv}: the environment variable ${tokenEnv} is not set or empty.`);
  }
  if (tokenFile !== undefined) {
    const token = readUserFile(tokenFile, '--token-file', surroundings.workingDirectory).trim();
    if (token !== '') return token;
    throw new ConfigurationError(`--token-file ${tokenFile} is empty.`);
  }
  return file.token;
}

/** Where a listener binds: HOST:PORT, [IPv6]:PORT, or a port alone. @throws ConfigurationError */
export function readListenAddress(text: string): { host: string; port: number } {
  const [, bracketed, host, port] = /^(?:\[([^\]]+)\]:|([^:]+):|:?)(\d+)$/.exec(text) ?? [];
  if (port === undefined || Number(port) > 65_535) {
    throw new ConfigurationError(
      `The callback listener ${JSON.stringify(text)} is no HOST:PORT, such as 127.0.0.1:0 or 0.0.0.0:9000.`,
    );
  }
  return { host: bracketed ?? host ?? '127.0.0.1', port: Number(port) };
}

function checkPublicUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new ConfigurationError(
      `The callback URL ${JSON.stringify(text)} is no http or https URL, such as http://host.docker.internal:9000.`,
    );
  }
  return text.replace(/\/+$/, '');
}

function keySource(jwks: string, surroundings: Surroundings): KeySource {
  if (/^https?:\/\//i.test(jwks)) return { url: jwks };
  try {
    return {
      keys: JSON.parse(readUserFile(jwks, 'callback.jwks', surroundings.workingDirectory)) as {
        keys: Record<string, unknown>[];
      },
    };
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(`callback.jwks ${jwks} is no JSON Web Key Set.`);
  }
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
  const byDefault = (name: Capability) => name === 'app' && apiVersion === 'beta';
  return Object.fromEntries(capabilityNames.map((name) => [name, declared[name] ?? byDefault(name)])) as Record<
    Capability,
    boolean
  >;
}

/** The headers to send with every request, and those of them that are secret. */
function headers(file: TargetFile): { headers: Record<string, string>; secrets: string[] } {
  const entries = Object.entries(file.headers ?? {}).map(
    ([name, header]) => [name, typeof header === 'string' ? { value: header, secret: false } : header] as const,
  );
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
    ...(publicUrl !== undefined && { publicUrl: checkPublicUrl(publicUrl) }),
    tls: flags.callbackTls ?? written.tls ?? false,
    ...(jwks !== undefined && { jwks: keySource(jwks, surroundings) }),
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  };
}

function requestsPerSecond(rate: string): number {
  const [, amount, unit] = /^(\d+)\/(s|m)$/.exec(rate) ?? [];
  return Number(amount) / (unit === 'm' ? 60 : 1);
}

/** What goes into a folder name, and tells a target without a name from others: its host and port. */
function nameOf(baseUrl: string): string {
  return new URL(baseUrl).host.replaceAll(/[^A-Za-z0-9.-]+/g, '-').replace(/^-+/, '') || 'target';
}

/**
 * Makes a target of the flags and, where there is one, the target file: what the flags say goes before.
 * @throws ConfigurationError with one clear paragraph for everything that is wrong
 */
export function resolveTarget(flags: TargetFlags, targetFile: string | undefined, surroundings: Surroundings): Target {
  const { environment, workingDirectory, placeholderToken } = surroundings;
  const file =
    targetFile === undefined
      ? {}
      : readTargetFile(readUserFile(targetFile, 'The target file', workingDirectory), targetFile, environment);
  const baseUrl = flags.baseUrl ?? file.baseUrl;
  if (baseUrl === undefined) {
    throw new ConfigurationError(
      `${targetFile ?? 'The command'} names no baseUrl; add one, such as http://localhost:8080/beta.`,
    );
  }
  const from = flags.baseUrl === undefined ? `${targetFile ?? ''}: baseUrl` : '--base-url';
  const root = readBaseUrl(baseUrl, flags.apiVersion ?? file.apiVersion, from, flags.allowProduction ?? false);
  const given = tokenOf(flags, file, surroundings);
  const token = given ?? (file.oauth === undefined ? placeholderToken() : undefined);
  const { headers: sent, secrets } = headers(file);
  const readPem = (name: string | undefined, flag: string) =>
    name === undefined ? undefined : readUserFile(name, flag, workingDirectory);
  const [ca, cert, key] = [readPem(flags.ca, '--ca'), readPem(flags.cert, '--cert'), readPem(flags.key, '--key')];
  if ((cert === undefined) !== (key === undefined)) {
    throw new ConfigurationError('--cert and --key go together; give both, or neither.');
  }
  const proxy = proxyFor(new URL(root.baseUrl), environment);
  const { unprivilegedToken, oauth, applicationId, rate } = file;
  return {
    name: file.name ?? nameOf(root.baseUrl),
    ...root,
    ...(token !== undefined && { token }),
    ...(unprivilegedToken !== undefined && { unprivilegedToken }),
    ...(oauth !== undefined && { oauth }),
    headers: sent,
    secrets: [token, unprivilegedToken, oauth?.clientSecret, ...secrets].filter((secret) => secret !== undefined),
    ...(applicationId !== undefined && { applicationId }),
    capabilities: capabilities(file, root.apiVersion),
    calls: file.calls ?? {},
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
      ...(given === undefined && oauth === undefined ? ['no token was given: a random placeholder is sent'] : []),
      ...(flags.insecure === true ? ['the certificate of the target was not checked (--insecure)'] : []),
      ...(proxy !== undefined ? [`requests go through the proxy ${new URL(proxy).host}`] : []),
    ],
  };
}
