import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { nearest } from '../engine/catalogue/nearest.ts';
import type { Controls, Deviation, Hooks } from './deviation.ts';
import type { Reply, RequestContext } from './exchange.ts';
import type { OutgoingNotification } from './notification.ts';
import { asSent } from './send.ts';
import { isSituation, type Situation, situationNames, situations, SituationWatch } from './situations.ts';

/** When a fault shows: in a share of the requests, in one situation, or in that share of those in the situation. */
export interface Occurrence {
  /** Over 0 and up to 1. */
  readonly rate?: number | undefined;
  readonly when?: Situation | undefined;
  /** What the share is drawn from, together with the client-request-id, so that the same requests are struck again. */
  readonly seed?: number | undefined;
}

/** A deviation that does not always show. */
export type Sporadic<T extends Deviation = Deviation> = T & {
  /** How often it has made a difference so far, on the emulator that was started with it last. */
  strikes(): number;
};

/** As it is given: any text may stand for a situation. */
type Given = Omit<Occurrence, 'when'> & { readonly when?: string | undefined };

/** @throws ConfigurationError for a rate that is not a share, and for an unknown situation */
export function readOccurrence({ rate, when, seed }: Given): Occurrence {
  if (rate !== undefined && !(rate > 0 && rate <= 1)) {
    throw new ConfigurationError(`The rate ${rate} is not valid: give a number greater than 0 and at most 1.`);
  }
  if (when !== undefined && !isSituation(when)) {
    const similar = nearest(when, situationNames);
    const hint = similar === undefined ? '' : ` Did you mean "${similar}"?`;
    throw new ConfigurationError(
      `There is no situation "${when}".${hint} The situations are ${situationNames.join(', ')}.`,
    );
  }
  return { rate, when, seed };
}

/**
 * A deviation that shows now and then: it is decided once for each request, and holds for its rules, its answer and the
 * notifications that it leads to.
 * @throws ConfigurationError for one that is a setting of the emulator and nothing else: settings do not come and go
 */
export function sporadic<T extends Deviation>(deviation: T, occurrence: Occurrence): Sporadic<T> {
  const { hooks, showsAmong } = deviation;
  if (hooks === undefined) {
    throw new ConfigurationError(
      `${deviation.id} is a setting of the emulator, which holds for all requests: it takes no rate and no situation.`,
    );
  }
  let counter = new StrikeCounter(showsAmong);
  return {
    ...deviation,
    summary: `${deviation.summary} (${wordsFor(occurrence)})`,
    hooks: () => {
      counter = new StrikeCounter(showsAmong);
      return nowAndThen(hooks(), occurrence, counter);
    },
    strikes: () => counter.strikes,
  };
}

/** Counts the requests and notifications in which a deviation has made a difference that somebody could see. */
class StrikeCounter {
  strikes = 0;
  readonly #showsAmong: Deviation['showsAmong'];
  /** The first request in which it showed, by what it shows among. */
  readonly #first = new Map<string, RequestContext>();

  constructor(showsAmong: Deviation['showsAmong']) {
    this.#showsAmong = showsAmong;
  }

  /** @param context the request, where there was one; under another name of the action nothing is promised of it */
  count(context: RequestContext | undefined): void {
    if (context?.qualified === true) return;
    if (context !== undefined && this.#showsAmong !== undefined) {
      const among = this.#showsAmong(context);
      const first = this.#first.get(among) ?? context;
      this.#first.set(among, first);
      if (first === context) return;
    }
    this.strikes += 1;
  }
}

function wordsFor({ rate, when }: Occurrence): string {
  const share = rate === undefined ? [] : [`in a share of ${rate} of the requests`];
  return [...share, ...(when === undefined ? [] : [`only with ${situations[when].words}`])].join(', ');
}

/** The hooks as they are for requests in which the deviation shows, and none for the others. */
function nowAndThen(hooks: Hooks, { rate = 1, when, seed = 0 }: Occurrence, counter: StrikeCounter): Hooks {
  const shown = new WeakSet<RequestContext>();
  const watch = when === undefined ? undefined : new SituationWatch(when);
  const draw = drawer(seed);
  const isDrawn = (clientRequestId?: string) => rate === 1 || draw(clientRequestId) < rate;
  const shows = (context: RequestContext | undefined) => context !== undefined && shown.has(context);
  const noting = <R>(context: RequestContext | undefined, usual: R, made: R): R => {
    if (!isDeepStrictEqual(usual, made)) counter.count(context);
    return made;
  };
  /** What a deviation does to the emulator makes a difference, too. */
  const watched = (controls: Controls, context: RequestContext | undefined): Controls => ({
    ...controls,
    setMuted: (...rest) => {
      counter.count(context);
      controls.setMuted(...rest);
    },
    announceRoster: (...rest) => {
      counter.count(context);
      controls.announceRoster(...rest);
    },
    announceOperation: (...rest) => {
      counter.count(context);
      controls.announceOperation(...rest);
    },
  });
  const { request, rule, decision, state, reply, notification, identifier } = hooks;
  return {
    async request(context, controls) {
      const inSituation = (await watch?.begins(context, controls.wait)) ?? true;
      if (!inSituation || !isDrawn(header(context))) return undefined;
      shown.add(context);
      return noting(context, undefined, await request?.(context, watched(controls, context)));
    },
    ...(rule && {
      rule: (context, name, refusal, controls) =>
        shows(context) ? noting(context, refusal, rule(context, name, refusal, watched(controls, context))) : refusal,
    }),
    ...(decision && {
      decision: async (context, usual, controls) =>
        shows(context) ? noting(context, usual, await decision(context, usual, watched(controls, context))) : usual,
    }),
    ...(state && {
      state: (context, change, controls) =>
        shows(context) ? noting(context, change, state(context, change, watched(controls, context))) : change,
    }),
    async reply(context, usual, controls) {
      watch?.ends(context);
      if (!shows(context) || reply === undefined) return usual;
      const made = await reply(context, usual, watched(controls, context));
      noting<unknown>(context, inBytes(usual), typeof made === 'string' ? made : inBytes(made));
      return made;
    },
    ...(notification && {
      notification: async (context, delivery, controls) => {
        const isStruck = context.request === undefined ? watch === undefined && isDrawn() : shows(context.request);
        if (!isStruck) return [delivery];
        const made = await notification(context, delivery, watched(controls, context.request));
        // Of notifications about the state of a call nothing is promised.
        if (context.resource === 'call') return made;
        noting<unknown>(context.request, [asPosted(delivery)], made.map(asPosted));
        return made;
      },
    }),
    ...(identifier && {
      identifier: (kind, proposed, context) =>
        shows(context) ? noting(context, proposed, identifier(kind, proposed, context)) : proposed,
    }),
  };
}

/** A reply by what is written of it, whatever it is kept in. */
function inBytes(reply: Reply): object {
  const { pieces, ...head } = asSent(reply);
  return { ...head, pieces: pieces.map((piece) => Buffer.from(piece).toString('hex')) };
}

/** A notification by what is written of it. */
function asPosted({ body, raw, ...post }: OutgoingNotification): object {
  return { ...post, text: Buffer.from(raw ?? JSON.stringify(body)).toString('hex') };
}

function header({ request }: RequestContext): string | undefined {
  const { 'client-request-id': id } = request.headers;
  return Array.isArray(id) ? id[0] : id;
}

/** Numbers from 0 to 1, the same for the same seed and id; without an id, the same for the same place in the order. */
function drawer(seed: number): (id?: string) => number {
  let unnamed = 0;
  return (id = `${(unnamed += 1)}`) =>
    createHash('sha256').update(`${seed} ${id}`).digest().readUInt32BE() / 0x1_0000_0000;
}
