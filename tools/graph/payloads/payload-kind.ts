export const payloadKinds = ['operation', 'notification', 'participant', 'error'] as const;

/** What a payload is taken for: an operation, a whole callback body, one participant or several, a refusal's body. */
export type PayloadKind = (typeof payloadKinds)[number];
