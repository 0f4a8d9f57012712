/** What the documentation leaves open, as knobs: every value of every knob is legal behaviour. */
export interface Settings {
  /** How long a call stays in the state establishing, in milliseconds. */
  establishAfterMs: number;
  /** Whether a group call's roster is announced once when the call is established. */
  announceFirstRoster: boolean;
  /** Whether the application is muted in its calls from the start. */
  joinsMuted: boolean;
  /** Whether the others in its calls are. */
  othersMuted: boolean;
  /** What listing the participants of a peer-to-peer call gives; unsupported by the pages, once seen empty (fact 57). */
  peerToPeerRoster: 'refused' | 'empty' | 'readable';
  /** How many participants one page of a list has; the rest is behind @odata.nextLink. */
  participantsOnPage: number;
  /** Whether a mute that changes nothing announces the roster again: undocumented (fact 63). */
  announceRepeatedMute: boolean;
  /** Whether ending a call sends terminating and terminated (fact 61). */
  announceDeletion: boolean;
  /** Whether a call posted to without any body is answered as if `{}` had been sent (fact 16) or refused. */
  emptyBody: 'accepted' | 'refused';
  /** The longest clientContext, in Unicode code points (fact 15). */
  clientContextLimit: number;
  /** How long an operation that was answered as pending takes until it completes, in milliseconds. */
  completeAfterMs: number;
}

export const documentedSettings: Settings = {
  establishAfterMs: 0,
  announceFirstRoster: true,
  joinsMuted: false,
  othersMuted: false,
  peerToPeerRoster: 'refused',
  participantsOnPage: Infinity,
  announceRepeatedMute: false,
  // Two more deliveries for each call tell nothing about mute.
  announceDeletion: false,
  emptyBody: 'accepted',
  clientContextLimit: 256,
  completeAfterMs: 0,
};
