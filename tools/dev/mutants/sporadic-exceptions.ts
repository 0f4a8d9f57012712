/** What is not asked of faults that show only now and then. */

export interface SporadicException {
  /** A fault, for all rates and situations, or one of them: “fault --when late”. */
  readonly ids: readonly string[];
  /** It need not be caught, or what the report says of when it shows may be something else that is as true. */
  readonly may: 'escape' | 'be told otherwise';
  readonly reason: string;
}

export const sporadicExceptions: readonly SporadicException[] = [
  {
    ids: ['malformed-body-crashes'],
    may: 'escape',
    reason:
      'A connection that breaks is no answer that a rule could judge: the same request has to break it twice, or more than 1 % of all requests have to.',
  },
  {
    ids: [
      'operation-update-without-context --when no-context',
      'operation-update-with-context-of-before --when no-context',
    ],
    may: 'escape',
    reason: 'What shows is that operations are running, which they may be: there is no clientContext to lose.',
  },
  {
    ids: ['callback-to-root', 'roster-of-before', 'roster-without-self'].map((id) => `${id} --rate 0.025`),
    may: 'escape',
    reason:
      'Some of the few rosters in which it shows are the first of their call, which need not come or say anything.',
  },
  {
    ids: ['status-201', 'status-202-on-app'].flatMap((id) => [`${id} --when non-ascii`, `${id} --when no-context`]),
    may: 'escape',
    reason: 'Such mutes may be refused, and it is not said with what they are answered where they are not.',
  },
  {
    ids: ['0.1', '0.025'].map((rate) => `client-context-unicode-refused-on-app --rate ${rate}`),
    may: 'escape',
    reason:
      'A refusal strikes a control now and then, which is sent once more in ASCII: that such a context should be accepted is said by the cases about it alone.',
  },
  {
    ids: [
      'answers-in-latin-1',
      'client-context-as-latin1',
      'client-context-ascii-only',
      'content-length-in-characters',
    ],
    may: 'be told otherwise',
    reason: 'It shows with characters beyond ASCII alone, whatever else is true of it.',
  },
  {
    ids: ['client-context-escaped', 'client-context-quotes-unescaped'],
    may: 'be told otherwise',
    reason: 'It shows with markup alone, whatever else is true of it.',
  },
  {
    ids: ['malformed-body-500', 'body-of-other-bytes-500', 'body-not-an-object-500'],
    may: 'be told otherwise',
    reason: 'A body that is no JSON object has no clientContext, whatever else is true of it.',
  },
  {
    ids: ['operation-id-constant', 'operation-id-of-call', 'operation-id-of-context'],
    may: 'be told otherwise',
    reason: 'An id comes twice in a repeated mute, whatever else is true of it.',
  },
];

/** Whether there is a reason for what became of one of them. */
export function isExcepted(
  id: string,
  may: SporadicException['may'],
  exceptions: readonly SporadicException[] = sporadicExceptions,
): boolean {
  return exceptions.some(
    (exception) => exception.may === may && exception.ids.some((one) => id === one || id.startsWith(`${one} `)),
  );
}
