/** What happens to a call, or is found out about it. */
export type CallEvent =
  /** It was made for its case, so that nobody can have muted it. */
  | { readonly type: 'made' }
  /** What an answer or a notification says of the call, or the target file does. */
  | { readonly type: 'reported'; readonly state?: string | undefined; readonly myParticipantId?: string | undefined }
  /** The application is muted, though nobody has asked for it. */
  | { readonly type: 'joined muted' }
  /** Whether it is muted was looked up, or changed, before the case asked for anything. */
  | { readonly type: 'looked up'; readonly muted: boolean | undefined }
  /** A request to mute or unmute is about to be sent. */
  | { readonly type: 'requested'; readonly at: number; readonly mutes: boolean }
  /** It was answered. It left when a slot was free and throttling was over. */
  | {
      readonly type: 'answered';
      readonly sentAt: number;
      readonly answeredAt: number;
      readonly mutes: boolean;
      readonly succeeded: boolean;
    }
  /** No answer came to it: what it did is unknown. */
  | { readonly type: 'unanswered' }
  /** A silence begins that no request on this call opened. */
  | { readonly type: 'silence'; readonly from: number; readonly at: number }
  | { readonly type: 'deleted' };
