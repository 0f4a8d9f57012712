import type { Call, Roster } from './call.ts';

/** Ended calls that are remembered, so that a deviation can still find them; bounds the memory of a long life. */
const rememberedEndedCalls = 200;

/** The calls of one emulator and the rosters of its meetings. */
export class CallRegistry {
  readonly #calls = new Map<string, Call>();
  readonly #meetings = new Map<string, Roster>();
  readonly #ended = new Set<string>();

  /** The meeting's roster, which is made when this is its first leg; a roster of its own without a thread. */
  rosterOf(threadId: string | undefined): Roster {
    const known = threadId === undefined ? undefined : this.#meetings.get(threadId);
    if (known !== undefined) return known;
    const roster: Roster = { threadId, participants: [], legs: new Set() };
    if (threadId !== undefined) this.#meetings.set(threadId, roster);
    return roster;
  }

  add(call: Call): void {
    call.roster.participants.push(call.self);
    call.roster.legs.add(call);
    this.#calls.set(key(call.id), call);
  }

  /** The call with this id, ended ones included; ids compare as GUIDs do, without regard to case. */
  find(id: string): Call | undefined {
    return this.#calls.get(key(id));
  }

  /** Ends a call and takes its leg out of the meeting. */
  end(call: Call): void {
    call.state = 'terminated';
    const { participants, legs, threadId } = call.roster;
    legs.delete(call);
    if (legs.size === 0 && threadId !== undefined) this.#meetings.delete(threadId);
    // The last leg keeps its roster to itself: nobody else looks at it any more.
    if (legs.size > 0) participants.splice(participants.indexOf(call.self), 1);
    this.#ended.add(key(call.id));
    this.#forgetOldest();
  }

  /** The calls that have not ended. */
  live(): Call[] {
    return [...this.#calls.values()].filter(({ state }) => state !== 'terminated');
  }

  get liveCount(): number {
    return this.#calls.size - this.#ended.size;
  }

  #forgetOldest(): void {
    if (this.#ended.size <= rememberedEndedCalls) return;
    const [oldest] = this.#ended;
    if (oldest === undefined) return;
    this.#ended.delete(oldest);
    this.#calls.delete(oldest);
  }
}

function key(id: string): string {
  return id.toLowerCase();
}
