import { situationOf, Tally } from './situation.ts';
import { type RuleResult, findingOf, type Rule } from './rule.ts';
import { Sighting } from './sighting.ts';
import { isOdd, type Trait } from './traits.ts';
import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';

/** What is judged by rules, in the plural. */
export type Things = 'answers' | 'refusals' | 'mistaken mutes' | 'mutes' | 'updates' | 'notifications';

/** Where something was seen, and how it is shown. */
export interface Seen<Evidence> {
  readonly things: Things;
  readonly path: '/communications' | '/app';
  readonly traits: readonly Trait[];
  /** What else it is, where some case is about such alone. */
  readonly about?: string | undefined;
  /** Made only for what is going to be shown. */
  readonly evidence: () => Evidence;
}

/** What a promise has come to, over everything that was seen of what it speaks of. */
export interface PromiseFinding<Evidence> {
  readonly requirement: RequirementId;
  readonly path: '/communications' | '/app';
  /** The slug of the case that it belongs to; the first of the requirement where there is none. */
  readonly slug?: string;
  readonly things: Things;
  readonly count: number;
  readonly violated: number;
  /** What the violations have in common and the rest has not. */
  readonly situation?: string;
  /** The first violation in words. */
  readonly first?: { readonly expectation: string; readonly actual: string; readonly hint?: string };
  /** The first violations as they were. */
  readonly evidence: readonly Evidence[];
}

/** A promise that one thing breaks. */
export type Violation = RuleResult & { readonly holds: false; readonly requirement: RequirementId };

/** Of what a promise speaks of, what a case is about. */
export interface Sort extends Pick<Seen<unknown>, 'things' | 'path' | 'about'> {
  /** The slug of the case, where the rule names it. */
  readonly slug?: string | undefined;
}

interface Page<Evidence> {
  readonly rule: { readonly requirement: RequirementId; readonly slug: string | undefined };
  readonly path: Seen<Evidence>['path'];
  readonly things: Things;
  readonly tally: Tally;
  readonly all: Sighting<Evidence>;
  /** By what else it is. */
  readonly sorts: Map<string, Sighting<Evidence>>;
}

/**
 * Holds everything that is seen against every rule that speaks of it, at once: what it keeps is a few counts for each
 * promise, the first violations, and an example, however much there is to see.
 */
export class RuleBook<Evidence> {
  /** By rule: two rules of one promise look at different things. */
  readonly #pages = new Map<object, Map<string, Page<Evidence>>>();

  /** @returns what does not hold of it */
  judge<What>(rules: Iterable<Rule<What>>, what: What, seen: Seen<Evidence>): Violation[] {
    const violations: Violation[] = [];
    for (const rule of rules) {
      const finding = findingOf(rule, what);
      if (finding === undefined) continue;
      this.#note(this.#pageOf(rule, what, seen), finding, seen);
      if (!finding.holds) violations.push({ requirement: rule.requirement, ...finding });
    }
    return violations;
  }

  /** In the order in which the promises were first put to anything. */
  get findings(): PromiseFinding<Evidence>[] {
    const pages = [...this.#pages.values()].flatMap((ofRule) => [...ofRule.values()]);
    return pages.map(({ rule, path, things, tally, all: { first, violations } }) => {
      const isConsequence = things === 'updates' || things === 'notifications';
      const situation = situationOf(tally, isConsequence);
      const { count, violated } = tally;
      return {
        requirement: rule.requirement,
        path,
        ...(rule.slug !== undefined && { slug: rule.slug }),
        things,
        count,
        violated,
        ...(situation !== undefined && { situation }),
        ...(first && { first }),
        evidence: [...violations],
      };
    });
  }

  /** What was seen of a promise in things of a sort; undefined where it was put to none. */
  sighting(rule: object, sort: Sort): Sighting<Evidence> | undefined {
    const page = this.#pages.get(rule)?.get(keyOf(sort));
    return sort.about === undefined ? page?.all : page?.sorts.get(sort.about);
  }

  #pageOf<What>(rule: Rule<What>, what: What, { path, things }: Seen<Evidence>): Page<Evidence> {
    const slug = rule.caseOf?.(what);
    const key = keyOf({ path, things, slug });
    const ofRule = this.#pages.get(rule) ?? new Map<string, Page<Evidence>>();
    const known = ofRule.get(key);
    if (known !== undefined) return known;
    const page: Page<Evidence> = {
      rule: { requirement: rule.requirement, slug },
      path,
      things,
      tally: new Tally(),
      all: new Sighting(),
      sorts: new Map(),
    };
    this.#pages.set(rule, ofRule.set(key, page));
    return page;
  }

  #note({ tally, all, sorts }: Page<Evidence>, finding: RuleResult, { traits, about, evidence }: Seen<Evidence>): void {
    tally.add(traits, !finding.holds);
    const isPlain = traits.every((trait) => !isOdd(trait));
    all.note(finding, isPlain, evidence);
    if (about === undefined) return;
    const sort = sorts.get(about) ?? new Sighting<Evidence>();
    sorts.set(about, sort);
    sort.note(finding, isPlain, evidence);
  }
}

function keyOf({ path, things, slug }: Sort): string {
  return `${path} ${slug ?? ''} ${things}`;
}
