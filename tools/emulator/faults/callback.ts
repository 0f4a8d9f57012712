import type { Fault } from '../deviation.ts';
import type { CallbackTokenClaims } from '../callback-signing.ts';
import { withHeader, withoutHeader } from '../editing.ts';
import { announcing, onApp } from '../mute-hooks.ts';
import { whenRostersAreLost } from './consequences.ts';
import { twinOnApp } from './twin-on-app.ts';

/** Notifications carry a token that differs from the documented one in these claims. */
function signedWith(id: string, summary: string, claims: CallbackTokenClaims): Fault {
  return {
    id,
    summary,
    breaks: ['roster.authenticated'],
    hooks: () => ({
      notification: async (_context, delivery, { callbackToken }) => [
        withHeader(delivery, 'Authorization', `Bearer ${await callbackToken(claims)}`),
      ],
    }),
  };
}

const rosterMissing: Fault = {
  id: 'roster-missing',
  summary: 'Announces no roster after a mute',
  breaks: ['roster.delivered'],
  mayAlsoBreak: whenRostersAreLost,
  hooks: announcing(
    () => [],
    ({ cause }) => cause === 'mute',
  ),
};

/** Roster updates that do not come, come too late, astray or in another wrapping. */
export const callbackFaults: readonly Fault[] = [
  rosterMissing,
  twinOnApp(rosterMissing),
  {
    id: 'roster-late',
    summary: 'Announces the roster four seconds after a mute, where one is allowed',
    breaks: ['roster.delivered', 'roster.self-muted'],
    mayAlsoBreak: ['roster.every-leg', 'state.unmute-roundtrip'],
    target: { timeouts: { notificationMs: 1_000 } },
    hooks: announcing((delivery) => ({ ...delivery, delayMs: 4_000, detached: true })),
  },
  {
    id: 'roster-once',
    summary: 'Announces the roster of a call to the same callback once, and never again',
    breaks: ['state.unmute-roundtrip'],
    mayAlsoBreak: ['roster.delivered', 'state.any-sequence'],
    hooks: () => {
      const told = new Set<string>();
      return announcing((delivery, { cause }) => {
        if (cause === 'unmute') return delivery;
        if (told.has(delivery.url)) return [];
        told.add(delivery.url);
        return delivery;
      })();
    },
  },
  {
    id: 'callback-without-query',
    summary: 'Drops the query of the callbackUri',
    breaks: ['roster.callback'],
    hooks: () => ({
      notification: (_context, delivery) => [{ ...delivery, url: delivery.url.replace(/\?.*$/, '') }],
    }),
  },
  {
    id: 'callback-with-slash',
    summary: 'Adds a slash to the path of the callbackUri',
    breaks: ['roster.callback'],
    hooks: announcing((delivery) => ({ ...delivery, url: delivery.url.replace(/(?=\?|$)/, '/') })),
  },
  {
    id: 'callback-to-root',
    summary: 'Posts rosters to the root of the callback’s host',
    breaks: ['roster.delivered'],
    mayAlsoBreak: whenRostersAreLost,
    hooks: announcing((delivery) => ({ ...delivery, url: `${new URL(delivery.url).origin}/` })),
  },
  {
    id: 'roster-put',
    summary: 'Sends roster updates with PUT',
    breaks: ['roster.method'],
    hooks: announcing((delivery) => ({ ...delivery, method: 'PUT' })),
  },
  {
    id: 'roster-patch-on-app',
    summary: 'Sends roster updates with PATCH after a mute on the deprecated path',
    breaks: ['roster.method'],
    hooks: announcing(
      (delivery) => ({ ...delivery, method: 'PATCH' }),
      ({ request }) => request !== undefined && onApp(request),
    ),
  },
  {
    id: 'roster-as-text',
    summary: 'Declares roster updates as text/plain',
    breaks: ['roster.content-type'],
    hooks: announcing((delivery) => withHeader(delivery, 'Content-Type', 'text/plain')),
  },
  {
    id: 'roster-without-content-type',
    summary: 'Does not declare what roster updates are written in',
    breaks: ['roster.content-type'],
    hooks: announcing((delivery) => withoutHeader(delivery, 'Content-Type')),
  },
  {
    id: 'roster-with-comment',
    summary: 'Writes the comment of the documentation’s example into roster updates',
    breaks: ['roster.json'],
    mayAlsoBreak: whenRostersAreLost,
    hooks: announcing((delivery) => ({
      ...delivery,
      raw: JSON.stringify(delivery.body).replace('"isMuted":true,', '"isMuted":true, // will be set to true on mute\n'),
    })),
  },
  {
    id: 'roster-with-byte-order-mark',
    summary: 'Puts a byte order mark before roster updates',
    breaks: ['roster.json'],
    mayAlsoBreak: whenRostersAreLost,
    hooks: announcing((delivery) => ({ ...delivery, raw: `\ufeff${JSON.stringify(delivery.body)}` })),
  },
  {
    id: 'callback-token-missing',
    summary: 'Sends notifications without a token',
    breaks: ['roster.authenticated'],
    hooks: () => ({ notification: (_context, delivery) => [withoutHeader(delivery, 'Authorization')] }),
  },
  signedWith('callback-token-foreign', 'Signs the tokens of callbacks with a key that is not in the key set', {
    foreignKey: true,
  }),
  signedWith('callback-token-expired', 'Sends notifications with a token that has expired', { expiresIn: -3_600 }),
  signedWith('callback-token-for-another', 'Sends notifications with a token for another application', {
    audience: '0d9b1f5c-83e2-4a76-9c40-7e5b2f8d1a63',
  }),
];
