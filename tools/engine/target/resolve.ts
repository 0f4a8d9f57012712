import { ConfigurationError } from '../catalogue/errors.ts';
import { readBaseUrl } from './base-url.ts';
import { buildOfEnvironment, firstKnown } from './ci-build.ts';
import { checkedToken, checkHeader, readGivenToken } from './given-token.ts';
import { isObject } from '../catalogue/json-value.ts';
import { isLoopback, proxyFor } from '../http/proxy.ts';
import {
  callKinds,
  type Capability,
  capabilityNames,
  defaultMaxBodyBytes,
  type KeySource,
  type Target,
  type TargetFile,
} from './target.ts';
import { listenerOf, type TargetConfig, timeoutsOf } from './target-config.ts';
import { readUserFile } from './user-file.ts';

/** What resolving a target reads from outside. */
export interface TargetIo {
  readonly environment: NodeJS.ProcessEnv;
  /** Relative paths are below it. */
  readonly workingDirectory: string;
  /** A token where none is given: Graph demands one, and an emulator may take any. */
  readonly placeholderToken: () => string;
}

function keySource(jwks: string, { workingDirectory }: TargetIo): KeySource {
  if (/^https?:\/\//i.test(jwks)) {
    if (URL.canParse(jwks)) return { url: jwks };
    throw new ConfigurationError(`callback.jwks ${JSON.stringify(jwks)} is not a valid URL.`);
  }
  const text = readUserFile(jwks, 'callback.jwks', workingDirectory).replace(/^\uFEFF/, '');
  const keys = keysIn(text);
  if (keys !== undefined) return { keys: { keys } };
  throw new ConfigurationError(
    `callback.jwks ${jwks} is not a JSON Web Key Set (expected an object with a list of keys).`,
  );
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
 * @throws ConfigurationError for a token endpoint that is not a URL, or would get the client secret in the clear: plain
 *   http is for loopback alone
 */
function checkedCredentials(oauth: NonNullable<TargetFile['oauth']>, from: string): NonNullable<Target['oauth']> {
  const { tokenUrl } = oauth;
  const url = URL.canParse(tokenUrl) ? new URL(tokenUrl) : undefined;
  const loopback = url !== undefined && isLoopback(url.hostname);
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && loopback)) {
    throw new ConfigurationError(
      `${from}oauth.tokenUrl ${JSON.stringify(tokenUrl)} is not an https URL; plain http is accepted on loopback only, because the client secret is sent there.`,
    );
  }
  return oauth;
}

function capabilities({ capabilities: declared = {} }: TargetConfig, apiVersion: string): Target['capabilities'] {
  const named = capabilityNames.map((name) => [name, declared[name] ?? false] as const);
  const capabilities = Object.fromEntries(named) as Record<Capability, boolean>;
  if (declared.app !== undefined || apiVersion !== 'beta') return capabilities;
  const { app: _undeclared, ...others } = capabilities;
  return others;
}

/** @throws ConfigurationError when there is no kind of call that the target has */
function calls({ calls: written = {} }: TargetConfig, from: string): Target['calls'] {
  if (callKinds.every((kind) => written[kind] === 'none')) {
    throw new ConfigurationError(
      `${from}calls is none for every kind, so there is nothing to mute; say how calls of at least one kind are made.`,
    );
  }
  return written;
}

/** The headers to send with every request, and those of them that are secret. */
function headers(config: TargetConfig, from: string): { headers: Record<string, string>; secrets: string[] } {
  const entries = Object.entries(config.headers ?? {}).map(
    ([name, header]) => [name, typeof header === 'string' ? { value: header, secret: false } : header] as const,
  );
  for (const [name, { value }] of entries) checkHeader(name, value, from);
  return {
    headers: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
    secrets: entries.filter(([, { secret }]) => secret === true).map(([, { value }]) => value),
  };
}

function callback(config: TargetConfig, io: TargetIo): Target['callback'] {
  const { publicUrl, jwks, issuer, audience } = config.callback ?? {};
  return {
    ...listenerOf(config),
    publicUrl,
    jwks: jwks === undefined ? undefined : keySource(jwks, io),
    issuer,
    audience,
  };
}

/** @throws ConfigurationError for a certificate without its key, or a file that cannot be read */
function tls({ tls: given = {} }: TargetConfig, { workingDirectory }: TargetIo): Target['tls'] {
  const read = (file: string | undefined, flag: string) =>
    file === undefined ? undefined : readUserFile(file, flag, workingDirectory);
  const [ca, cert, key] = [read(given.ca, '--ca'), read(given.cert, '--cert'), read(given.key, '--key')];
  if ((cert === undefined) !== (key === undefined)) {
    throw new ConfigurationError('--cert and --key go together; give both, or neither.');
  }
  return { ca, cert, key, insecure: given.insecure ?? false };
}

/** @throws ConfigurationError for one that is not a URL */
function proxy(baseUrl: string, environment: NodeJS.ProcessEnv): URL | undefined {
  const named = proxyFor(new URL(baseUrl), environment);
  if (named === undefined) return undefined;
  if (URL.canParse(named)) return new URL(named);
  throw new ConfigurationError(
    'The proxy that the environment sets for this target is not a valid URL; fix it, or add the target to NO_PROXY.',
  );
}

/** What goes into a folder name, and tells a target without a name from others: its host and port. */
function nameOf(baseUrl: string): string {
  return new URL(baseUrl).host.replaceAll(/[^A-Za-z0-9.-]+/g, '-').replace(/^-+/, '') || 'target';
}

/**
 * Makes a target of what is said of it.
 * @throws ConfigurationError with one clear paragraph for everything that is wrong
 */
export function resolveTarget(config: TargetConfig, io: TargetIo): Target {
  const { environment, workingDirectory, placeholderToken } = io;
  const { source, baseUrl, applicationId, callbacks, requestsPerSecond } = config;
  const from = source === undefined ? '' : `${source}: `;
  if (baseUrl === undefined) {
    throw new ConfigurationError(
      `${source ?? 'The command'} has no baseUrl; add one, such as http://localhost:8080/beta.`,
    );
  }
  const root = readBaseUrl(baseUrl.text, config.apiVersion, baseUrl.from, config.allowProduction ?? false);
  const given = readGivenToken(config.token ?? {}, environment, workingDirectory);
  const token = given ?? (config.oauth === undefined ? placeholderToken() : undefined);
  const { headers: sent, secrets } = headers(config, from);
  const certificates = tls(config, io);
  const through = proxy(root.baseUrl, environment);
  // A token that is given goes before one that could be fetched.
  const oauth = config.oauth === undefined || given !== undefined ? undefined : checkedCredentials(config.oauth, from);
  const unprivilegedToken =
    config.unprivilegedToken === undefined
      ? undefined
      : checkedToken(config.unprivilegedToken.trim(), `${from}unprivilegedToken`);
  const proxyPassword = through === undefined ? '' : decodeURIComponent(through.password);
  return {
    name: config.name ?? nameOf(root.baseUrl),
    ...root,
    build: firstKnown(config, buildOfEnvironment(environment)),
    token,
    unprivilegedToken,
    oauth,
    headers: sent,
    secrets: [token, unprivilegedToken, config.oauth?.clientSecret, ...secrets, proxyPassword]
      .filter((secret) => secret !== undefined)
      .filter((secret) => secret !== ''),
    applicationId,
    capabilities: capabilities(config, root.apiVersion),
    calls: calls(config, from),
    callbacks,
    callback: callback(config, io),
    timeouts: timeoutsOf(config),
    requestsPerSecond,
    maxBodyBytes: config.maxBodyBytes ?? defaultMaxBodyBytes,
    tls: certificates,
    proxy: through?.href,
    notes: [
      ...(given === undefined && config.oauth === undefined
        ? ['no token was given: a random placeholder is sent']
        : []),
      ...(certificates.insecure ? ['the certificate of the target was not checked (--insecure)'] : []),
      ...(through === undefined ? [] : [`requests go through the proxy ${through.host}`]),
    ],
  };
}
