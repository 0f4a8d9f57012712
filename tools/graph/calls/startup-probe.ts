/** How calls of one kind start up on a target. */
export interface StartupProfile {
  /** What says that a call is established: the answer that creates it, a notification, a GET, or nothing. */
  readonly establishedBy: 'creation' | 'notification' | 'read' | 'nothing';
  /** Whether GET of the call names the application's own participant. */
  readonly readNamesOwn: boolean;
  /** Whether a roster arrives once a call is established, before anything was asked for. */
  readonly sendsFirstRoster: boolean;
  /** Whether the application is muted when a call is established. */
  readonly joinsMuted: boolean;
}

/** Finds out how calls of one kind start up, once: the first call is watched, the others wait for what it shows. */
export class StartupProbe {
  #running: Promise<StartupProfile> | undefined;
  #profile: StartupProfile | undefined;

  /** What is known by now. */
  get profile(): StartupProfile | undefined {
    return this.#profile;
  }

  /**
   * @param probe watches a call of its own; when it fails, the next call tries
   * @returns the profile, and whether it was this call that was watched
   */
  async run(probe: () => Promise<StartupProfile>): Promise<{ profile: StartupProfile; first: boolean }> {
    if (this.#running !== undefined) {
      const profile = await this.#running.catch(() => undefined);
      if (profile !== undefined) return { profile, first: false };
    }
    this.#running = probe();
    this.#profile = await this.#running;
    return { profile: this.#profile, first: true };
  }
}
