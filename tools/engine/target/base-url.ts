import { ConfigurationError } from '../catalogue/errors.ts';
import type { ApiVersion, Target } from './target.ts';

export const apiVersions: readonly ApiVersion[] = ['beta', 'v1.0'];

/** Hosts of Microsoft Graph itself, national clouds too: not a place to create calls by accident. */
const productionHosts =
  /(^|\.)(graph\.microsoft\.(com|us|de)|dod-graph\.microsoft\.us|microsoftgraph\.chinacloudapi\.cn)$/i;

export function isApiVersion(text: string | undefined): text is ApiVersion {
  return apiVersions.some((version) => version === text);
}

/** @throws ConfigurationError when there is no such version */
export function readApiVersion(text: string): ApiVersion {
  if (isApiVersion(text)) return text;
  throw new ConfigurationError(`The API version ${JSON.stringify(text)} is neither beta nor v1.0.`);
}

/**
 * Checks the service root of a target and finds its API version: the last segment of the path, else the one given. A
 * root without the version is taken as it is: a mock may serve `/communications` right there.
 * @param text as written by the user
 * @param given --api-version or apiVersion of the target file
 * @param from where the text stands, for messages
 * @returns the URL without a slash at the end
 * @throws ConfigurationError saying what is wrong with it
 */
export function readBaseUrl(
  text: string,
  given: ApiVersion | undefined,
  from: string,
  allowProduction: boolean,
): { baseUrl: string; apiVersion: ApiVersion } {
  const fail = (problem: string) => new ConfigurationError(`${from} ${JSON.stringify(text)} ${problem}`);
  if (!URL.canParse(text))
    throw fail('is not a valid URL (expected scheme, host, port and version, such as http://localhost:8080/beta).');
  const url = new URL(text);
  if (!/^https?:\/\//i.test(text.trim())) {
    throw fail('does not begin with http:// or https://; write it such as http://localhost:8080/beta.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new ConfigurationError(`${from} has credentials in it; give the token with --token-env or --token-file.`);
  }
  if (url.search !== '' || text.includes('?')) throw fail('has a query; the service root has none.');
  if (url.hash !== '' || text.includes('#')) throw fail('has a fragment; the service root has none.');
  if (productionHosts.test(url.hostname.replace(/\.$/, '')) && !allowProduction) {
    throw fail(
      'is Microsoft Graph itself: the run would create real calls there. Give --allow-production if you mean it.',
    );
  }
  const path = url.pathname.replace(/\/+$/, '');
  const last = path.split('/').at(-1);
  if (isApiVersion(last)) {
    if (given !== undefined && given !== last) throw fail(`ends in ${last}, but the API version is given as ${given}.`);
    return { baseUrl: url.origin + path, apiVersion: last };
  }
  if (given === undefined) {
    throw fail(
      'does not end in beta or v1.0; add the version to it, or, where the target serves /communications right there, say which version that is with --api-version (apiVersion in the target file).',
    );
  }
  return { baseUrl: url.origin + path, apiVersion: given };
}

/** Whether the API version is the last segment of the path of a service root. */
export function hasVersion(baseUrl: string): boolean {
  return isApiVersion(new URL(baseUrl).pathname.split('/').at(-1));
}

/** The service root with its version where it has none, and without it where it has. */
export function otherRoot({ baseUrl, apiVersion }: Pick<Target, 'baseUrl' | 'apiVersion'>): string {
  return hasVersion(baseUrl) ? baseUrl.replace(/\/[^/]*$/, '') : `${baseUrl}/${apiVersion}`;
}
