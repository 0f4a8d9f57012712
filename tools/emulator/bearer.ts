import { type Refusal, refusals } from './refusals.ts';

/** The bearer tokens that an emulator knows. */
export interface AcceptedTokens {
  /** May do everything. */
  readonly token: string;
  /** Of the same application, without the permission to create calls. */
  readonly unprivilegedToken: string;
  /** Whether any other token that is not empty counts as `token`. */
  readonly acceptAnyToken: boolean;
}

/**
 * Why an Authorization header is refused, undefined when it is not. The scheme compares without regard to case
 * (RFC 9110, section 11.1); a token holds no space (RFC 6750, section 2.1).
 */
export function refusedAuthorization(header: string | undefined, tokens: AcceptedTokens): Refusal | undefined {
  if (header === undefined || header.trim() === '') return refusals.missingToken;
  const { scheme, token } = parseAuthorization(header);
  if (scheme !== 'bearer') return refusals.wrongScheme;
  if (token === '') return refusals.missingToken;
  if (token === tokens.token || token === tokens.unprivilegedToken) return undefined;
  return tokens.acceptAnyToken && !token.includes(' ') ? undefined : refusals.invalidToken;
}

/** Whether the header carries the token that may not create calls. */
export function isUnprivileged(header: string | undefined, tokens: AcceptedTokens): boolean {
  return header !== undefined && parseAuthorization(header).token === tokens.unprivilegedToken;
}

function parseAuthorization(header: string): { scheme: string; token: string } {
  const [scheme = '', ...rest] = header.trim().split(' ');
  return { scheme: scheme.toLowerCase(), token: rest.join(' ').trim() };
}
