import { isPlace, type Trait, traits, wordsOf } from './traits.ts';

/** How many there were, and how many of them broke a promise. */
export interface Count {
  readonly count: number;
  readonly violated: number;
}

/** What was seen of one promise: counts, and never what was counted. */
export interface TraitCounts extends Count {
  readonly of: ReadonlyMap<Trait, Count>;
}

/** Counts that grow. */
export class Tally implements TraitCounts {
  count = 0;
  violated = 0;
  readonly of = new Map<Trait, { count: number; violated: number }>();

  add(holding: readonly Trait[], isViolated: boolean): void {
    const one = isViolated ? 1 : 0;
    this.count += 1;
    this.violated += one;
    for (const trait of holding) {
      const counted = this.of.get(trait) ?? { count: 0, violated: 0 };
      counted.count += 1;
      counted.violated += one;
      this.of.set(trait, counted);
    }
  }
}

/** A trait of fewer violations than this share of all of them is not what they have in common. */
const commonShare = 0.9;

/** That so many have a trait by chance has to be less likely than this. */
const unlikely = 0.001;

/**
 * A place in the run has to be so much less likely by chance, as a logarithm, than another trait to be named in its
 * stead: there are several places, and what comes late differs from the rest in other ways, too.
 */
const handicapOfPlaces = Math.log(20);

/**
 * What the violations have in common and the rest has not: the one trait that is the least likely to be theirs by
 * chance.
 * @returns undefined where nothing stands out: all are violated, one alone is, or they are of all kinds
 */
export function tellingTrait({ count, violated, of }: TraitCounts): Trait | undefined {
  if (violated < 2 || violated === count) return undefined;
  let [telling, least]: [Trait | undefined, number] = [undefined, Math.log(unlikely)];
  for (const trait of traits) {
    const counted = of.get(trait);
    if (counted === undefined || counted.violated < commonShare * violated) continue;
    const handicap = isPlace(trait) ? handicapOfPlaces : 0;
    const chance = logChance(count, counted.count, violated, counted.violated) + handicap;
    if (chance < least - 1e-9) [telling, least] = [trait, chance];
  }
  return telling;
}

/**
 * The same in words: “all 12 were repeated mutes (12 of 38)”.
 * @param isConsequence whether these are not the mutes themselves, but what came after them
 * @returns undefined where nothing stands out
 */
export function situationOf(counts: TraitCounts, isConsequence = false): string | undefined {
  const trait = tellingTrait(counts);
  const counted = trait === undefined ? undefined : counts.of.get(trait);
  if (trait === undefined || counted === undefined) return undefined;
  const { violated } = counts;
  const most = counted.violated === violated ? `all ${violated}` : `${counted.violated} of them`;
  return `${most} ${wordsOf(trait, isConsequence)} (${counted.violated} of ${counted.count})`;
}

/**
 * The logarithm of the chance that, of so many drawn from all, at least so many have what some of all have
 * (hypergeometric).
 */
function logChance(all: number, having: number, drawn: number, found: number): number {
  const most = Math.min(having, drawn);
  const whole = logChoose(all, drawn);
  let sum = 0;
  for (let hits = found; hits <= most; hits += 1) {
    sum += Math.exp(logChoose(having, hits) + logChoose(all - having, drawn - hits) - whole);
  }
  // Where it is too small for a number, its greatest part stands for it.
  return sum > 0
    ? Math.min(0, Math.log(sum))
    : logChoose(having, found) + logChoose(all - having, drawn - found) - whole;
}

function logChoose(all: number, some: number): number {
  return some < 0 || some > all ? -Infinity : logFactorial(all) - logFactorial(some) - logFactorial(all - some);
}

/** By Stirling's series, which is right to nine digits from ten on; below, the product itself. */
function logFactorial(n: number): number {
  if (n < 10) {
    let product = 1;
    for (let factor = 2; factor <= n; factor += 1) product *= factor;
    return Math.log(product);
  }
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
}
