/** A private key and its certificate, both in PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

export interface EmulatorOptions {
  /** The version in `baseUrl`, `beta` by default; the emulator serves both. */
  readonly apiVersion?: 'beta' | 'v1.0';
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** The address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** Serves https: with an identity of yours, or, if `true`, with one made at start that nobody has signed. */
  readonly tls?: boolean | TlsIdentity;
  /** The bearer token that may do everything; random by default. */
  readonly token?: string;
  /** Whether any other bearer token is as good; false by default. */
  readonly acceptAnyToken?: boolean;
  /** The id of a fault: `call-mute-conformance list faults`. */
  readonly fault?: string;
  /** The share of the requests in which the fault shows, over 0 and up to 1; all by default. */
  readonly rate?: number;
  /** The situation in which alone the fault shows, e.g. `repeated`: `call-mute-conformance serve --help` lists them. */
  readonly when?: string;
  /** What that share is drawn from; 0 by default. */
  readonly seed?: number;
  /** The id of a variant: `call-mute-conformance list variants`. */
  readonly variant?: string;
}

/** A reference emulator that serves until it is closed. */
export interface Emulator {
  /** The service root with its version, e.g. http://127.0.0.1:40123/beta. */
  readonly baseUrl: string;
  /** The same without the version. */
  readonly origin: string;
  readonly token: string;
  /** A token of the same application that may not create calls, and may mute those that exist. */
  readonly unprivilegedToken: string;
  /** The application that the tokens stand for. */
  readonly applicationId: string;
  /** The certificate to trust, in PEM; undefined over http. */
  readonly certificate: string | undefined;
  /** By these keys, from this issuer and for this audience are the bearer tokens of its callbacks. */
  readonly callbackTokens: {
    readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
    readonly jwksUrl: string;
    readonly issuer: string;
    readonly audience: string;
  };
  /** How many calls were created and not yet deleted. */
  liveCalls(): number;
  /** Ends every connection and frees the port; what was not delivered yet is dropped. */
  close(): Promise<void>;
}

/**
 * Starts an emulator in this process. Each has a state of its own, so that any number of them can run side by side.
 * @throws ConfigurationError for a fault or variant that there is not; the error of listen when the address is taken
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { apiVersion = 'beta', tls = false, port, host, token: given, acceptAnyToken } = options;
  const { chosenDeviation } = await import('../emulator/find-deviation.ts');
  const deviation = chosenDeviation(options);
  const emulation = await import('../emulator/start.ts');
  const identity = await identityOf(tls);
  const emulator = await emulation.startEmulatorServer({
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
    ...(given !== undefined && { token: given }),
    ...(acceptAnyToken !== undefined && { acceptAnyToken }),
    ...(identity !== undefined && { tls: identity }),
    ...(deviation !== undefined && { deviation }),
  });
  const { origin, token, unprivilegedToken, applicationId, jwks, jwksUrl, issuer, audience } = emulator;
  return {
    baseUrl: emulator.baseUrl(apiVersion),
    origin,
    token,
    unprivilegedToken,
    applicationId,
    certificate: identity?.cert,
    callbackTokens: { jwks: { keys: jwks.keys.map((key) => ({ ...key })) }, jwksUrl, issuer, audience },
    liveCalls: () => emulator.liveCalls(),
    close: () => emulator.close(),
  };
}

async function identityOf(tls: boolean | TlsIdentity): Promise<TlsIdentity | undefined> {
  if (typeof tls === 'object') return tls;
  if (!tls) return undefined;
  const { selfSignedIdentity } = await import('../emulator/tls-identity.ts');
  return selfSignedIdentity();
}
