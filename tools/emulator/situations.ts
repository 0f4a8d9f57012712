import type { Call } from './call.ts';
import type { RequestContext } from './exchange.ts';
import { bodyObject } from './rules.ts';

/** A mute whose clientContext has more characters than this is one with a long context. */
const longContext = 128;

/** The emulator has seen more mutes than this when a run is well under way. */
const earlyMutes = 100;

/** Long enough that mutes of one call which are sent at once overlap. */
const overlapMs = 5;

/** What became of the mutes of a call so far. */
interface CallHistory {
  muted: boolean;
  unmuted: boolean;
  refused: boolean;
  /** Mutes that are under way. */
  underWay: number;
}

/** What is known of a request when it comes. */
interface ReceivedBefore {
  readonly context: RequestContext;
  readonly history: Readonly<CallHistory>;
  /** Mutes of any call before this one. */
  readonly mutesBefore: number;
  /** Whether another mute of the call is under way. */
  readonly overlaps: boolean;
}

const sentContext = ({ context }: ReceivedBefore): unknown => bodyObject(context).clientContext;

/** Circumstances that a defect may depend on, each with what it says of a request and how to tell. */
export const situations = {
  repeated: {
    words: 'a mute of what is muted already',
    holds: ({ context, history }) => context.operation === 'mute' && history.muted,
  },
  meeting: { words: 'a mute in a meeting', holds: ({ context }) => context.call?.kind === 'meeting' },
  'after-refusal': { words: 'a call of which a mute was refused before', holds: ({ history }) => history.refused },
  'after-unmute': { words: 'a call that was unmuted before', holds: ({ history }) => history.unmuted },
  'long-context': {
    words: `a clientContext of more than ${longContext} characters`,
    holds: (arrival) => {
      const sent = sentContext(arrival);
      return typeof sent === 'string' && sent.length > longContext;
    },
  },
  'no-context': { words: 'no clientContext', holds: (arrival) => (sentContext(arrival) ?? null) === null },
  'non-ascii': {
    words: 'a clientContext with characters beyond ASCII',
    holds: (arrival) => {
      const sent = sentContext(arrival);
      return typeof sent === 'string' && /[^\0-\x7F]/.test(sent);
    },
  },
  burst: { words: 'several mutes of one call at once', holds: ({ overlaps }) => overlaps },
  app: { words: 'the deprecated path', holds: ({ context }) => context.root === '/app' },
  late: { words: `after ${earlyMutes} mutes`, holds: ({ mutesBefore }) => mutesBefore >= earlyMutes },
} satisfies Record<string, { readonly words: string; readonly holds: (arrival: ReceivedBefore) => boolean }>;

export type Situation = keyof typeof situations;

export const situationNames = Object.keys(situations) as Situation[];

export function isSituation(name: string): name is Situation {
  return Object.hasOwn(situations, name);
}

/** Watches the mutes that come to one emulator, to tell for each whether it is in a situation. */
export class SituationWatch {
  readonly #situation: Situation;
  readonly #calls = new WeakMap<Call, CallHistory>();
  #mutes = 0;

  constructor(situation: Situation) {
    this.#situation = situation;
  }

  /** Whether a request that has just come is in the situation; what comes at once is waited for where that decides. */
  async begins(context: RequestContext, wait: (milliseconds: number) => Promise<void>): Promise<boolean> {
    if (context.operation !== 'mute' && context.operation !== 'unmute') return false;
    const { call } = context;
    const history = { ...this.#historyOf(call) };
    const mutesBefore = this.#mutes;
    if (context.operation === 'mute') this.#mutes += 1;
    const overlaps = this.#situation === 'burst' && (await this.#overlaps(call, wait));
    return situations[this.#situation].holds({ context, history, mutesBefore, overlaps });
  }

  /** The service has decided what becomes of a request; what a deviation makes of the answer does not count. */
  ends({ operation, call, refusal }: RequestContext): void {
    if (call === undefined || (operation !== 'mute' && operation !== 'unmute')) return;
    const history = this.#historyOf(call);
    history.underWay -= this.#situation === 'burst' ? 1 : 0;
    if (refusal !== undefined) history.refused ||= operation === 'mute';
    else {
      history.muted = operation === 'mute';
      history.unmuted ||= operation === 'unmute';
    }
  }

  async #overlaps(call: Call | undefined, wait: (milliseconds: number) => Promise<void>): Promise<boolean> {
    if (call === undefined) return false;
    const history = this.#historyOf(call);
    history.underWay += 1;
    const before = history.underWay > 1;
    await wait(overlapMs);
    return before || history.underWay > 1;
  }

  #historyOf(call: Call | undefined): CallHistory {
    const known = call === undefined ? undefined : this.#calls.get(call);
    if (known !== undefined) return known;
    const history: CallHistory = { muted: false, unmuted: false, refused: false, underWay: 0 };
    if (call !== undefined) this.#calls.set(call, history);
    return history;
  }
}
