import type { Fault } from '../deviation.ts';
import { withoutHeader } from '../editing.ts';
import type { RequestContext } from '../exchange.ts';
import { muteAndAnnounce, muteSilently, refusedYet, refusing, refusingMutes, waiving } from '../mute-hooks.ts';
import { twinOnApp } from './twin-on-app.ts';
import { refusals } from '../refusals.ts';

function authorizationOf({ request }: RequestContext): string | undefined {
  return request.headers.authorization;
}
const hasNoToken = (context: RequestContext) => authorizationOf(context) === undefined;
const hasOtherScheme = (context: RequestContext) => /^basic /i.test(authorizationOf(context) ?? '');
const hasEmptyToken = (context: RequestContext) => /^bearer\s*$/i.test(authorizationOf(context) ?? '');
const hasWrongToken = ({ refusal }: RequestContext) => refusal?.message === refusals.invalidToken.message;

const missingTokenAccepted: Fault = {
  id: 'missing-token-accepted',
  summary: 'Mutes without an Authorization header',
  breaks: ['auth.missing'],
  hooks: waiving(['authorization'], hasNoToken),
};

/** Credentials that are not checked, are checked for too much, or are refused without consequence. */
export const authenticationFaults: readonly Fault[] = [
  missingTokenAccepted,
  twinOnApp(missingTokenAccepted),
  {
    id: 'other-scheme-accepted',
    summary: 'Looks for an Authorization header and not at its scheme',
    breaks: ['auth.scheme'],
    hooks: waiving(['authorization'], hasOtherScheme),
  },
  {
    id: 'empty-token-accepted',
    summary: 'Takes an empty bearer token',
    breaks: ['auth.empty'],
    hooks: waiving(['authorization'], hasEmptyToken),
  },
  {
    id: 'any-token-accepted',
    summary: 'Takes any bearer token that is not empty',
    breaks: ['auth.invalid-token'],
    hooks: () => ({
      rule: ({ operation }, rule, refusal) =>
        operation === 'mute' && rule === 'authorization' && refusal === refusals.invalidToken ? undefined : refusal,
    }),
  },
  {
    id: 'wrong-token-403',
    summary: 'Answers a wrong bearer token 403',
    breaks: ['auth.invalid-token'],
    hooks: () => ({
      rule: ({ operation }, rule, refusal) =>
        operation === 'mute' && rule === 'authorization' && refusal === refusals.invalidToken
          ? refusals.missingPermission
          : refusal,
    }),
  },
  {
    id: 'unauthorized-mute-mutes',
    summary: 'Answers 401 to a mute without a token, and mutes and announces all the same',
    breaks: ['auth.no-effect', 'roster.not-on-refusal', 'state.refusal-no-effect'],
    mayAlsoBreak: ['state.any-sequence'],
    hooks: refusedYet(muteAndAnnounce, hasNoToken),
  },
  {
    id: 'other-scheme-refused-yet-mutes',
    summary: 'Answers 401 to a mute with another scheme after it has muted and announced',
    breaks: ['auth.no-effect'],
    mayAlsoBreak: ['state.any-sequence'],
    hooks: refusedYet(muteAndAnnounce, hasOtherScheme),
  },
  {
    id: 'empty-token-mutes-silently',
    summary: 'Answers 401 to a mute with an empty token and mutes without telling anybody',
    breaks: ['auth.no-effect'],
    mayAlsoBreak: ['roster.delivered', 'state.any-sequence'],
    hooks: refusedYet(muteSilently, hasEmptyToken),
  },
  {
    id: 'wrong-token-mutes-silently',
    summary: 'Answers 401 to a mute with a wrong token and mutes without telling anybody',
    breaks: ['auth.no-effect'],
    mayAlsoBreak: ['roster.delivered', 'state.any-sequence'],
    hooks: refusedYet(muteSilently, hasWrongToken),
  },
  {
    id: 'challenge-missing',
    summary: 'Sends no WWW-Authenticate with a 401',
    breaks: ['auth.challenge'],
    hooks: refusing(
      (reply) => withoutHeader(reply, 'WWW-Authenticate'),
      ({ refusal }) => refusal?.status === 401,
    ),
  },
  {
    id: 'permission-checked-at-mute',
    summary: 'Asks for the permission to create calls when a call is muted',
    breaks: ['auth.no-permission-check'],
    hooks: refusingMutes(refusals.missingPermission, ({ unprivileged }) => unprivileged),
  },
  {
    id: 'unprivileged-token-unknown',
    summary: 'Knows only the token that the call was created with',
    breaks: ['auth.no-permission-check'],
    hooks: refusingMutes(refusals.invalidToken, ({ unprivileged }) => unprivileged),
  },
];
