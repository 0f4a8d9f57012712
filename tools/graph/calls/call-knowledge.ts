/** What the first call of a kind taught about all of that kind on this target. */
export interface Learnt {
  /** How the target tells that a call is established: when it creates it, in a notification, by GET, or not at all. */
  readonly tells: 'creation' | 'notification' | 'read' | 'neither';
  /** Whether GET of the call names the application's own participant. */
  readonly readNamesOwn: boolean;
  /** Whether a roster arrives once a call is established, before anything was asked for. */
  readonly sendsFirstRoster: boolean;
  /** Whether the application is muted when a call is established. */
  readonly joinsMuted: boolean;
}

/** What is known of how calls of one kind come about on a target; the first call finds out, the others wait for it. */
export class CallKnowledge {
  #learning: Promise<Learnt> | undefined;
  #learnt: Learnt | undefined;

  /** What is known by now. */
  get learnt(): Learnt | undefined {
    return this.#learnt;
  }

  /** @param find learns from a call of its own; when it fails, the next call tries */
  async learn(find: () => Promise<Learnt>): Promise<{ learnt: Learnt; first: boolean }> {
    if (this.#learning !== undefined) {
      const learnt = await this.#learning.catch(() => undefined);
      if (learnt !== undefined) return { learnt, first: false };
    }
    const learning = find();
    this.#learning = learning;
    learning.catch(() => {
      if (this.#learning === learning) this.#learning = undefined;
    });
    this.#learnt = await learning;
    return { learnt: this.#learnt, first: true };
  }
}
