import type { HttpAnswer } from '../engine/http/http-answer.ts';
import type { CallKind, Target } from '../engine/target/target.ts';
import type { FaultDescription } from '../engine/http/transport-fault.ts';

/** The one thing to try first, where a run or `doctor` cannot go on. */

/** Where the target only answers mutes. */
const onMocks =
  'For a mock that only answers mutes, docs/mocks.md has a target file: calls.group with an id, calls.meeting: none, calls.peerToPeer: none, callbacks: none.';

type Refused = Pick<HttpAnswer, 'status' | 'text' | 'header'>;

/** Whether nobody gave a token, so that a random one is sent. */
export function sendsPlaceholder({ notes }: Pick<Target, 'notes'>): boolean {
  return notes.some((text) => text.includes('placeholder'));
}

/** @returns what to try where the request to create a call of that kind was answered so */
export function adviceOnCreate(answer: Refused, target: Target, kind: CallKind): string {
  const general = adviceOnAnswer(answer, target);
  if (general !== undefined) return general;
  const { status } = answer;
  const byFile = `say in the target file how calls are made: calls.${kind} with command or id${kind === 'group' ? '' : ', or none'}`;
  const onMock = kind === 'group' ? ` ${onMocks}` : '';
  if (status === 403) {
    return 'Give a token of an application with Calls.Initiate.All and Calls.InitiateGroupCall.All.';
  }
  if ([404, 405, 501].includes(status)) {
    const onRoute =
      kind === 'group' ? 'Is the base URL right, with or without the version (`doctor` tries both)? ' : '';
    return `${onRoute}If the target cannot create such calls, ${byFile}.${onMock}`;
  }
  if (status >= 500) return 'What does the log of the target say?';
  if (status >= 400) {
    return asksForHttps(answer.text)
      ? adviceOnHttps(target)
      : `What does the target require in the body? calls.${kind}.create in the target file is merged into it; or ${byFile}.`;
  }
  return `Answer with the call that was created: a JSON object whose id is a string.${onMock}`;
}

/** @returns what to try where a mute was answered so, of which nothing else is known to be wrong */
export function adviceOnMute(answer: Refused, target: Target, clientRequestId: string): string {
  return (
    adviceOnAnswer(answer, target) ??
    (answer.status === 404
      ? 'Does the target know the call that it has just created, and serve POST …/calls/{id}/mute?'
      : `What does the log of the target say of the request with client-request-id ${clientRequestId}?`)
  );
}

/** What is to be done about an answer, whatever was asked. */
function adviceOnAnswer(answer: Refused, target: Target): string | undefined {
  const { status } = answer;
  if (status === 401) {
    return sendsPlaceholder(target)
      ? 'No token was given, and a random one is not accepted: give one with --token-env or --token-file.'
      : 'Is the token still valid, and one for this target?';
  }
  if (status >= 300 && status < 400) {
    const to = answer.header('location')[0];
    return `Redirects are not followed, because a client would send its token along: make the base URL lead there directly${to === undefined ? '' : ` (Location: ${to})`}.`;
  }
  return undefined;
}

/** Whether a refusal speaks of https callbacks; that of a link to a documentation says nothing. */
function asksForHttps(text: string): boolean {
  const words = text.replaceAll(/https?:\/\/\S+/gi, '');
  return /callback/i.test(words) && /\bhttps\b/i.test(words);
}

function adviceOnHttps({ callback: { tls, publicUrl } }: Target): string {
  if (publicUrl !== undefined && !/^https:/i.test(publicUrl)) {
    return 'The target only accepts https callbacks: give an https URL with --callback-url, and --callback-tls unless something before the listener ends TLS.';
  }
  return tls || publicUrl !== undefined
    ? 'The callbackUri is https already: what else does the target require of it?'
    : 'The target only accepts https callbacks: add --callback-tls.';
}

/** @returns what to try where there was no whole answer */
export function adviceOnFault(
  { kind, message }: FaultDescription,
  { baseUrl, tls }: Pick<Target, 'baseUrl' | 'tls'>,
): string {
  const isHttps = new URL(baseUrl).protocol === 'https:';
  switch (kind) {
    case 'refused':
      return 'Is the target running, and is the port right? --wait 60s waits until it answers.';
    case 'dns':
      return 'Is the host name right, and known on this machine?';
    case 'unreachable':
      return 'Is the host, or the proxy, reachable from this machine?';
    case 'timeout':
      return message.includes('began')
        ? 'Does its Content-Length match the size of the body in bytes? If the target is only slow: --request-timeout.'
        : 'Is the target up and not overloaded? --request-timeout allows it longer.';
    case 'tls':
      return adviceOnTls(message, tls);
    case 'torn':
    case 'protocol':
      return 'Does its Content-Length match the size of the body (in bytes, not characters)? What does the log of the target say?';
    case 'reset':
      return isHttps
        ? 'Does the port speak https? If it speaks plain http, write http:// in the base URL. Else: what does the log of the target say?'
        : 'What does the log of the target say? If the port only speaks https, write https:// in the base URL.';
    case 'too-large':
      return 'Is that the service root of the API? maxBodyBytes in the target file allows more.';
  }
}

function adviceOnTls(message: string, { cert }: Target['tls']): string {
  if (/wrong version number|packet length too long|http request|WRONG_VERSION/i.test(message)) {
    return 'The port speaks plain http: write http:// in the base URL.';
  }
  if (/ALTNAME|HOSTNAME_MISMATCH/i.test(message)) {
    return 'Use a name that the certificate has in the base URL, or accept any certificate with --insecure.';
  }
  if (/EXPIRED|NOT_YET_VALID/i.test(message)) {
    return 'Renew the certificate of the target, or accept any certificate with --insecure.';
  }
  if (/alert.*(certificate required|handshake failure|bad certificate)|CERTIFICATE_REQUIRED/i.test(message)) {
    return cert === undefined
      ? 'The target requires a client certificate: --cert FILE and --key FILE.'
      : 'Does the target trust the client certificate that --cert names?';
  }
  return 'Give the certificate authority with --ca FILE, or accept any certificate with --insecure.';
}
