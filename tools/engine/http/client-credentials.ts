import { CouldNotRun, Interrupted } from '../target/could-not-run.ts';
import { isLoopback } from './proxy.ts';
import type { SideFetch } from './side-fetch.ts';
import type { Target } from '../target/target.ts';

/** A token is fetched anew so long before it expires, but not before half of its time is over. */
const renewalMs = 60_000;

/** The token endpoint gave no token: without one nothing can run. */
export class NoToken extends CouldNotRun {
  /** The request, in words. */
  readonly request: string;
  readonly advice: string;

  readonly problem: string;

  constructor(tokenUrl: string, problem: string, advice: string) {
    const request = `POST ${tokenUrl} (the token request)`;
    super(`${request}: ${problem}. ${advice}`);
    this.request = request;
    this.problem = problem;
    this.advice = advice;
  }
}

/**
 * Fetches bearer tokens by the client credentials grant (RFC 6749, section 4.4), with the client secret in the body, as
 * the Microsoft identity platform takes it.
 */
export class ClientCredentials {
  readonly #oauth: NonNullable<Target['oauth']>;
  readonly #fetch: SideFetch;
  readonly #now: () => number;
  readonly #signal: AbortSignal;
  readonly #onToken: (token: string) => void;
  #current: { readonly token: string; readonly renewAt: number } | undefined;
  #pending: Promise<string> | undefined;

  /** @param onToken gets each token before it is used for the first time */
  constructor(
    oauth: NonNullable<Target['oauth']>,
    io: {
      readonly fetch: SideFetch;
      /** Milliseconds of a clock that never goes back. */
      readonly now: () => number;
      readonly signal: AbortSignal;
      readonly onToken: (token: string) => void;
    },
  ) {
    this.#oauth = oauth;
    this.#fetch = io.fetch;
    this.#now = io.now;
    this.#signal = io.signal;
    this.#onToken = io.onToken;
  }

  /** A token that is valid for a while yet. @throws NoToken when none can be fetched; Interrupted */
  async token(): Promise<string> {
    if (this.#current !== undefined && this.#now() < this.#current.renewAt) return this.#current.token;
    this.#pending ??= this.#request().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #request(): Promise<string> {
    // Only targets with OAuth pay for loading it.
    const oauth = await import('oauth4webapi');
    const { tokenUrl, clientId, clientSecret, scope } = this.#oauth;
    const server = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl };
    const client = { client_id: clientId };
    const parameters = new URLSearchParams(scope === undefined ? {} : { scope });
    try {
      const response = await oauth.clientCredentialsGrantRequest(
        server,
        client,
        oauth.ClientSecretPost(clientSecret),
        parameters,
        {
          [oauth.customFetch]: (url, init) => this.#fetch(url, { ...init, body: init.body.toString() }),
          [oauth.allowInsecureRequests]: isLoopback(new URL(tokenUrl).hostname),
          signal: this.#signal,
        },
      );
      const { access_token: token, expires_in: seconds } = await oauth.processClientCredentialsResponse(
        server,
        client,
        response,
      );
      // What cannot stand in a header is no token: RFC 6750, section 2.1.
      if (!/^[\x21-\x7e]+$/.test(token)) throw new Error('the access_token in the answer is not a valid bearer token');
      const lifeMs = (seconds ?? Infinity) * 1000;
      this.#current = { token, renewAt: this.#now() + Math.max(lifeMs - renewalMs, lifeMs / 2) };
      this.#onToken(token);
      return token;
    } catch (error) {
      if (this.#signal.aborted) throw new Interrupted('the run was interrupted');
      if (error instanceof oauth.ResponseBodyError) {
        const description = error.error_description === undefined ? '' : `: ${error.error_description}`;
        throw new NoToken(
          tokenUrl,
          `answered ${error.status} ${error.error}${description}`,
          'Are oauth.clientId, clientSecret and scope in the target file those of an application that may create calls?',
        );
      }
      const status = error instanceof oauth.OperationProcessingError ? statusOf(error.cause) : '';
      const problem = error instanceof Error ? error.message : String(error);
      throw new NoToken(
        tokenUrl,
        `${problem}${status}`,
        'Is oauth.tokenUrl in the target file the token endpoint, and can it be reached from here?',
      );
    }
  }
}

function statusOf(cause: unknown): string {
  const response = typeof cause === 'object' && cause !== null && 'response' in cause ? cause.response : cause;
  return response instanceof Response ? ` (status ${response.status})` : '';
}
