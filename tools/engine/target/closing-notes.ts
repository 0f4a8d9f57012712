/** What of a run on a target is worth a note at its end. */
export interface RunCircumstances {
  /** The callback listener's URL, where calls were muted and nothing at all came there. */
  readonly silentCallback: string | undefined;
  /** What was under way when the target ended in the middle of the run. */
  readonly lastRequests: readonly string[] | undefined;
  /** Notifications that came although the target file says that none do. */
  readonly unexpected: number;
  /** Requests to create a call of which nobody can tell whether there is one now. */
  readonly possibleLeftovers: number;
  /** Notifications that there was no room for. */
  readonly discarded: number;
}

/** @returns the notes of a run that has ended, a sentence each; none where there is nothing to tell */
export function closingNotes({
  silentCallback,
  lastRequests,
  unexpected,
  possibleLeftovers,
  discarded,
}: RunCircumstances): string[] {
  const notes: string[] = [];
  if (silentCallback !== undefined) {
    notes.push(
      `nothing came to the callback listener at ${silentCallback}: \`doctor\` says what may keep it away; a target that posts no notifications is tested without them (callbacks: none in the target file)`,
    );
  }
  if (lastRequests !== undefined) {
    notes.push(`the target ended in the middle of the run, while these were under way: ${lastRequests.join('; ')}`);
  }
  if (unexpected > 0) {
    notes.push(
      `${counted(unexpected, 'notification')} came, although the target file says callbacks: none; without that line they are judged`,
    );
  }
  if (possibleLeftovers > 0) {
    notes.push(
      `${counted(possibleLeftovers, 'request')} to create a call got no response that names one: if a call was created anyway, it is neither deleted nor counted`,
    );
  }
  if (discarded > 0) {
    notes.push(
      `${counted(discarded, 'notification')} could not be kept: earlier ones use up the memory reserved for them`,
    );
  }
  return notes;
}

function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
