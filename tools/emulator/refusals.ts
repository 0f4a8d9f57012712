export type Header = readonly [name: string, value: string];

/** Why a request is refused, and how that is said. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: readonly Header[];
}

/** RFC 6750, section 3: a refusal for want of a good token names the scheme. */
const challenge: readonly Header[] = [['WWW-Authenticate', 'Bearer realm="", error="invalid_token"']];
const plainChallenge: readonly Header[] = [['WWW-Authenticate', 'Bearer realm=""']];

// The call service's codes are numeric strings, the gateway's are words (facts 14, 66, 68, 69 and 70).
export const refusals = {
  missingToken: {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: 'The request carries no bearer token.',
    headers: plainChallenge,
  },
  wrongScheme: {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: 'The Authorization header does not use the Bearer scheme.',
    headers: plainChallenge,
  },
  invalidToken: {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: 'The bearer token is not valid here.',
    headers: challenge,
  },
  missingPermission: {
    status: 403,
    code: '7504',
    message: 'The application lacks the permission to create calls in this tenant.',
  },
  unknownCall: { status: 404, code: '8522', message: 'There is no such call.' },
  unknownOperation: { status: 404, code: 'ResourceNotFound', message: 'The call has no such operation.' },
  unknownPath: { status: 404, code: 'ResourceNotFound', message: 'Nothing is served under this path.' },
  unknownSegment: { status: 400, code: 'BadRequest', message: "There is no resource for the segment 'app'." },
  missingContentType: {
    status: 400,
    code: 'BadRequest',
    message: 'The Content-Type header is missing; application/json is required.',
  },
  unsupportedContentType: {
    status: 415,
    code: 'RequestBodyRead',
    message: 'The content type is not supported; application/json is required.',
  },
  tooLarge: { status: 413, code: 'RequestEntityTooLarge', message: 'The request body is too large.' },
  malformedBody: { status: 400, code: 'BadRequest', message: 'The request body is not valid JSON.' },
  emptyBody: { status: 400, code: 'BadRequest', message: 'The request has no body; a JSON object is required.' },
  notAnObject: { status: 400, code: 'BadRequest', message: 'The request body is not a JSON object.' },
  clientContextType: { status: 400, code: 'BadRequest', message: 'clientContext is not a string.' },
  clientContextLength: { status: 400, code: 'BadRequest', message: 'clientContext is longer than 256 characters.' },
  peerToPeer: { status: 400, code: '8506', message: 'This is not supported for peer-to-peer calls.' },
  callbackUri: {
    status: 400,
    code: 'BadRequest',
    message: 'callbackUri is required and is an https URL, or an http URL on the loopback interface.',
  },
  callParties: {
    status: 400,
    code: 'BadRequest',
    message: 'A call needs at least one target, or chatInfo together with meetingInfo.',
  },
} satisfies Record<string, Refusal>;

/** 405 with the methods that are served instead (RFC 9110, section 15.5.6). */
export function methodNotAllowed(allowed: readonly string[]): Refusal {
  return {
    status: 405,
    code: 'MethodNotAllowed',
    message: 'The method is not allowed for this resource.',
    headers: [['Allow', allowed.join(', ')]],
  };
}
