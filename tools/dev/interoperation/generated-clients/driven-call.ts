/** What a client is told of the target, and of the bot that drives it. */
export interface Driver {
  /** A service root with the version beta. */
  readonly baseUrl: string;
  readonly token: string;
  readonly callbackUri: string;
}

/** What a client made of one call from its creation to its end. */
export interface DrivenCall {
  readonly callId: string | undefined;
  readonly muted: { readonly id: string; readonly clientContext?: string | null } | undefined;
  /** Whether the type of the status is narrow enough to be compared, and the status is the expected one. */
  readonly isCompleted: boolean;
  readonly readBack: { readonly id: string } | undefined;
  readonly unmuted: { readonly id: string } | undefined;
  readonly unmuteReadBack: { readonly id: string } | undefined;
  readonly mutedParticipants: readonly string[];
  readonly refusal: { readonly status: number | undefined; readonly code: string | undefined };
}
