import { ConfigurationError } from '../catalogue/errors.ts';
import type { TokenConfig } from './target-config.ts';
import { readUserFile } from './user-file.ts';

/** What an HTTP header can carry without anybody re-writing it: RFC 9110, section 5.5. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;
const headerName = /^[!#$%&'*+\-.^_`|~\w]+$/;

/**
 * @returns the token, or undefined when none is given
 * @throws ConfigurationError when it is not there, empty, or cannot stand in a header; never quoting it
 */
export function readGivenToken(
  { env: tokenEnv, file: tokenFile, written }: TokenConfig,
  environment: NodeJS.ProcessEnv,
  workingDirectory: string,
): string | undefined {
  if (tokenEnv !== undefined && tokenFile !== undefined) {
    throw new ConfigurationError('--token-env and --token-file both give a token; keep one of them.');
  }
  if (tokenEnv !== undefined) {
    const token = environment[tokenEnv]?.trim();
    if (token) return checkedToken(token, `--token-env ${tokenEnv}`);
    throw new ConfigurationError(`--token-env ${tokenEnv}: the environment variable ${tokenEnv} is not set or empty.`);
  }
  if (tokenFile !== undefined) {
    const token = readUserFile(tokenFile, '--token-file', workingDirectory).trim();
    if (token !== '') return checkedToken(token, `--token-file ${tokenFile}`);
    throw new ConfigurationError(`--token-file ${tokenFile} is empty.`);
  }
  return written === undefined ? undefined : checkedToken(written.text.trim(), written.from);
}

/** @throws ConfigurationError for a token that is empty, or cannot stand in a header */
export function checkedToken(token: string, from: string): string {
  if (token === '') throw new ConfigurationError(`${from} is empty; pass a bearer token, or leave it out.`);
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new ConfigurationError(
    `${from} contains characters that are not valid in a bearer token, such as a space or a line break; pass the token alone.`,
  );
}

/**
 * @param from what comes before `headers` in messages: the file
 * @throws ConfigurationError for a header that cannot be sent; the value is not quoted, for it may be secret
 */
export function checkHeader(name: string, value: string, from: string): void {
  if (!headerName.test(name))
    throw new ConfigurationError(`${from}headers: ${JSON.stringify(name)} is not a valid header name.`);
  if (!headerValue.test(value)) {
    throw new ConfigurationError(
      `${from}headers: the value of ${name} contains characters that are not valid in a header, such as a line break.`,
    );
  }
}
