import { ConfigurationError } from '../engine/catalogue/errors.ts';
import type { Deviation } from '../emulator/deviation.ts';
import { chosenDeviation } from '../emulator/find-deviation.ts';
import { type EmulatorServer, startEmulatorServer } from '../emulator/start.ts';
import { selfSignedIdentity } from '../emulator/tls-identity.ts';

export interface ServeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** The address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** The id of a fault to start with. */
  readonly fault?: string;
  /** The share of the requests in which the fault shows. */
  readonly rate?: number;
  /** The situation in which alone the fault shows. */
  readonly when?: string;
  /** What that share is drawn from. */
  readonly seed?: number;
  /** The id of a variant to start with. */
  readonly variant?: string;
  /** Serves https with a self-signed certificate. */
  readonly tls?: boolean;
}

/**
 * Starts the emulator alone, taking any bearer token, and writes where it answers and how to mute a call with curl.
 * @returns the emulator, which serves until it is closed.
 * @throws ConfigurationError when the fault, the variant or the address is not valid.
 */
export async function serve(options: ServeOptions, output: { write(text: string): unknown }): Promise<EmulatorServer> {
  const { port, host = '127.0.0.1', tls = false } = options;
  const deviation = chosenDeviation(options);
  const emulator = await startEmulatorServer({
    port,
    host,
    acceptAnyToken: true,
    ...(tls ? { tls: await selfSignedIdentity() } : {}),
    ...(deviation === undefined ? {} : { deviation }),
  }).catch((cause: unknown) => {
    const { message } = cause instanceof Error ? cause : new Error(String(cause));
    throw new ConfigurationError(`The emulator cannot listen on ${host}, port ${port}: ${message}. Try another port.`);
  });
  output.write(greeting(emulator, deviation, tls));
  return emulator;
}

function greeting(emulator: EmulatorServer, deviation: Deviation | undefined, tls: boolean): string {
  // A certificate that nobody has signed has to be taken on trust.
  const curl = tls ? 'curl --insecure' : 'curl';
  const origin = emulator.origin.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
  const withDeviation = deviation === undefined ? '' : ` with ${deviation.id} (${deviation.summary})`;
  return `The emulator is listening${withDeviation}:
  ${origin}/beta
  ${origin}/v1.0
Any bearer token will do, except that this one may not create calls: ${emulator.unprivilegedToken}
Callback tokens: issuer ${emulator.issuer}, audience ${emulator.audience}, keys at ${origin}${new URL(emulator.jwksUrl).pathname}

To mute a call, first create one with two targets and keep its address:

CALL=$(${curl} --silent --output /dev/null --dump-header - --request POST ${origin}/beta/communications/calls \\
  --header 'Authorization: Bearer any-token' --header 'Content-Type: application/json' \\
  --data '{"callbackUri":"http://127.0.0.1:9/callback","targets":[{"identity":{"user":{"id":"ann"}}},{"identity":{"user":{"id":"ben"}}}]}' \\
  | tr -d '\\r' | sed -n 's/^[Ll]ocation: //p')

Then mute it:

${curl} --include --request POST "$CALL/mute" \\
  --header 'Authorization: Bearer any-token' --header 'Content-Type: application/json' \\
  --data '{"clientContext":"first-mute"}'

Give a callbackUri of your own (https, or http on loopback) to receive the notifications. Stop with Ctrl-C.
`;
}
