import type { CallKind } from '../engine/target/target.ts';

/** How a kind of call is made; created over the API when nothing else is said. */
export type SourceAnswer = { readonly id: string } | { readonly command: string } | undefined;

/** What the questions of `init` are about. */
export interface TargetAnswers {
  readonly name: string;
  readonly baseUrl: string;
  /** The environment variable that holds the token; none sends a random one. */
  readonly tokenEnv: string | undefined;
  readonly calls: Readonly<Record<Exclude<CallKind, 'meeting'>, SourceAnswer>>;
  /** Where the target reaches the listener for callbacks, when it runs in a container. */
  readonly container: { readonly port: number } | undefined;
  readonly callbackTls: boolean;
}

/** A text as YAML; JSON is YAML, and plain words need no quotes. */
function scalar(text: string): string {
  return /^[A-Za-z][\w./-]*$/.test(text) && !/^(true|false|yes|no|on|off|null)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

function sourceLine(kind: string, source: SourceAnswer): string {
  if (source === undefined) return `  ${kind}: { create: {} }`;
  const [[way, value] = ['create', '']] = Object.entries(source);
  return `  ${kind}: { ${way}: ${scalar(value)} }`;
}

/**
 * A target file with a comment to everything that is in it or could be.
 * @param schema where editors find the schema
 */
export function renderTargetFile(answers: TargetAnswers, schema: string): string {
  const { name, baseUrl, tokenEnv, calls, container, callbackTls } = answers;
  const usesKept = Object.values(calls).some((source) => source !== undefined && 'id' in source);
  const listen = container === undefined ? (usesKept ? '127.0.0.1:9000' : '127.0.0.1:0') : `0.0.0.0:${container.port}`;
  const publicUrl = `${callbackTls ? 'https' : 'http'}://host.docker.internal:${container?.port ?? 9000}`;
  return `# yaml-language-server: $schema=${schema}

# Names the report folder.
name: ${scalar(name)}

# Service root with the version, beta or v1.0. Where the target serves /communications right at its root, apiVersion says
# which version that is.
baseUrl: ${scalar(baseUrl)}
# apiVersion: beta

# Bearer token of an application that may create calls. \${…} is taken from the environment.
${tokenEnv === undefined ? '# token: ${ACME_TOKEN}' : `token: \${${tokenEnv}}`}

# In its place, client credentials:
# oauth: { tokenUrl: https://login.example/token, clientId: …, clientSecret: '\${ACME_SECRET}', scope: … }

# A token of the same application without the call permissions: enables auth.no-permission-check.
# unprivilegedToken: \${ACME_TOKEN_2}

# Sent with every request.
# headers: { X-Tenant: contoso, X-Key: { value: '\${ACME_KEY}', secret: true } }

# The application that the token stands for, where a call names no myParticipantId.
# applicationId: 00000000-0000-0000-0000-000000000000

# What the target has besides the mute itself. What is declared is judged; what is not is left out and counts as
# missing coverage. \`doctor\` finds out what is there.
capabilities:
  # app: true # the deprecated /app path (beta only); probed once if undeclared
  operations: false # GET …/operations/{id}
  participants: false # GET …/participants of group calls
  unmute: false # POST …/unmute
  tokenValidation: false # a wrong token is answered 401
  sharedMeeting: false # two calls into one meeting share its roster
  deltaRoster: false # calls created with callOptions.isDeltaRosterEnabled get deltaParticipants
  callbackAuth: false # notifications carry a signed token; needs callback.jwks, issuer, audience

# How calls are made. create: over the API, with the members given here merged into the body. id: an existing call that is
# kept and has the callbackUri {callback}/callbacks/shared/{id}; participantId names the own participant. command:
# makes a new one and prints {"id": …, "participantId": …}; it gets CALL_MUTE_CALL_KIND and CALL_MUTE_CALLBACK_URI.
# Or none: the target has no such calls; whatever needs them is left out and counts as missing coverage.
calls:
${sourceLine('group', calls.group)}
  # meeting: { create: { tenantId: … } }
${sourceLine('peerToPeer', calls.peerToPeer)}

# The target posts no notifications; the same applies to whatever needs them.
# callbacks: none

# Where notifications are received.
callback:
  listen: ${scalar(listen)}
  ${container === undefined ? '# ' : ''}publicUrl: ${scalar(publicUrl)} # where the target reaches that, if under another name
  tls: ${callbackTls} # https, with a certificate made at start
  # jwks: https://login.example/keys # or a file
  # issuer: https://login.example # or a list, of which one has to fit
  # audience: 00000000-0000-0000-0000-000000000000

timeouts:
  request: 10s # for one answer
  notification: 5s # for an update on the callback
  quiet: 300ms # of silence at least, before it is believed
  throttle: 30s # that one case may wait for 429 and 503 in all

# Ceiling of requests.
# rate: 20/s
`;
}
