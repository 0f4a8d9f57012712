/** What is known of a mute that an answer, a refusal or an update belongs to: facts that a defect may depend on. */
export interface MuteFacts {
  readonly path: '/communications' | '/app';
  /** Undefined where the call was never there, or nobody knows how it came about. */
  readonly callKind: 'group' | 'meeting' | 'peerToPeer' | undefined;
  /** A mute of the call was sent before, was not refused, and nothing has unmuted it since. */
  readonly repeated: boolean;
  readonly afterUnmute: boolean;
  /** Some mute of the call was refused before. */
  readonly afterRefusal: boolean;
  /** The clientContext as it was sent, of any type; undefined where none was. */
  readonly clientContext: unknown;
  /** Whether the Content-Type has parameters. */
  readonly mediaTypeParameters: boolean;
  /** Other mutes of the call that were under way when this one was sent. */
  readonly othersOfCall: number;
  /** Requests of any kind that were. */
  readonly requestsInFlight: number;
  /** Mutes that the run had sent before. */
  readonly mutesBefore: number;
}

/** A clientContext of more characters is a long one: half of what is allowed. */
const longContext = 128;

/** More requests in flight are load. */
const load = 8;

/** How far into a run something may begin. */
const places = [25, 50, 100, 200, 400, 800] as const;

/**
 * What can be told of a mute, as what follows “all 12”. Few, so that counting by them takes no memory to speak of; of
 * two that fit as well the first is named.
 */
const traitWords = {
  repeated: 'were repeated mutes',
  first: 'were first mutes of their call',
  'after-unmute': 'were mutes after an unmute',
  'after-refusal': 'were mutes of a call of which one was refused before',
  meeting: 'were mutes in a meeting',
  targets: 'were mutes of a call with two targets',
  'peer-to-peer': 'were mutes of a peer-to-peer call',
  app: 'were mutes on /app',
  communications: 'were mutes on /communications',
  'no-context': 'were mutes without a clientContext',
  'long-context': `were mutes with more than ${longContext} characters of clientContext`,
  'non-ascii': 'were mutes with a clientContext beyond ASCII',
  markup: 'were mutes with markup in the clientContext',
  parameters: 'were mutes whose Content-Type has parameters',
  burst: 'were mutes while another one of the call was under way',
  load: `were mutes while more than ${load} requests were in flight`,
  'after-25': 'were mutes after the first 25 of the run',
  'after-50': 'were mutes after the first 50 of the run',
  'after-100': 'were mutes after the first 100 of the run',
  'after-200': 'were mutes after the first 200 of the run',
  'after-400': 'were mutes after the first 400 of the run',
  'after-800': 'were mutes after the first 800 of the run',
} as const;

export type Trait = keyof typeof traitWords;

export const traits = Object.keys(traitWords) as Trait[];

/** Whether a trait says how far into the run something began. */
export function isPlace(trait: Trait): boolean {
  return /^after-\d+$/.test(trait);
}

const odd: ReadonlySet<Trait> = new Set(['no-context', 'long-context', 'non-ascii', 'markup', 'parameters', 'burst']);

/** Whether a mute with this trait is no plain one, as a client mostly sends it. */
export function isOdd(trait: Trait): boolean {
  return odd.has(trait);
}

/**
 * What a trait says of several things, as what follows “all 12”.
 * @param isConsequence whether these are not the mutes themselves, but what came after them
 */
export function wordsOf(trait: Trait, isConsequence = false): string {
  const words = traitWords[trait];
  return isConsequence ? words.replace(/^were /, 'followed ') : words;
}

const kinds = { group: 'targets', meeting: 'meeting', peerToPeer: 'peer-to-peer' } as const;

/** Everything that holds of a mute. */
export function traitsOf(facts: MuteFacts): Trait[] {
  const { clientContext, callKind, mutesBefore } = facts;
  const text = typeof clientContext === 'string' ? clientContext : '';
  const holds: Partial<Record<Trait, boolean>> = {
    repeated: facts.repeated,
    first: !facts.repeated && !facts.afterUnmute,
    'after-unmute': facts.afterUnmute,
    'after-refusal': facts.afterRefusal,
    app: facts.path === '/app',
    communications: facts.path === '/communications',
    'no-context': (clientContext ?? null) === null,
    'long-context': text.length > longContext,
    'non-ascii': /[^\0-\x7F]/.test(text),
    markup: /[<>&]/.test(text),
    parameters: facts.mediaTypeParameters,
    burst: facts.othersOfCall > 0,
    load: facts.requestsInFlight > load,
  };
  const place = new Set<Trait>(places.filter((most) => mutesBefore >= most).map((most): Trait => `after-${most}`));
  const kind = callKind === undefined ? undefined : kinds[callKind];
  return traits.filter((trait) => holds[trait] === true || trait === kind || place.has(trait));
}
