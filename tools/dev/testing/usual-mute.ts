import type { SentMute } from '../../graph/rules/sent-mute.ts';

/** A mute with nothing that a rule could object to. */
export const usualMute: SentMute = {
  method: 'POST',
  query: '',
  isAuthorized: true,
  contentType: 'application/json',
  json: { clientContext: 'context' },
  bytes: 27,
  callKind: 'group',
};
