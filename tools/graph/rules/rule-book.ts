import { situationOf, Tally } from './situation.ts';
import type { Finding, Rule } from './rule.ts';
import { findingOf } from './rule.ts';
import type { Trait } from './traits.ts';
import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';

/** What is judged by rules, in the plural. */
export type Things = 'answers' | 'refusals' | 'updates' | 'notifications';

/** Where something was seen, and how it is shown. */
export interface Seen<Evidence> {
  readonly things: Things;
  readonly path: '/communications' | '/app';
  readonly traits: readonly Trait[];
  /** Made only for what is going to be shown. */
  readonly evidence: () => Evidence;
}

/** What a promise has come to, over everything that was seen of what it speaks of. */
export interface RuleFinding<Evidence> {
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
export type Violation = Finding & { readonly holds: false; readonly requirement: RequirementId };

/** Violations that are shown in full. */
const shownViolations = 3;

interface Page<Evidence> {
  readonly rule: { readonly requirement: RequirementId; readonly slug: string | undefined };
  readonly path: Seen<Evidence>['path'];
  readonly things: Things;
  readonly tally: Tally;
  first: (Finding & { holds: false }) | undefined;
  readonly evidence: Evidence[];
}

/**
 * Holds everything that is seen against every rule that speaks of it, at once: what it keeps is a few counts for each
 * promise and the first violations, however much there is to see.
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
  get findings(): RuleFinding<Evidence>[] {
    const pages = [...this.#pages.values()].flatMap((ofRule) => [...ofRule.values()]);
    return pages.map(({ rule, path, things, tally, first, evidence }) => {
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
        ...(first && {
          first: {
            expectation: first.expectation,
            actual: first.actual,
            ...(first.hint !== undefined && { hint: first.hint }),
          },
        }),
        evidence: [...evidence],
      };
    });
  }

  #pageOf<What>(rule: Rule<What>, what: What, { path, things }: Seen<Evidence>): Page<Evidence> {
    const slug = rule.caseOf?.(what);
    const key = `${path} ${slug ?? ''} ${things}`;
    const ofRule = this.#pages.get(rule) ?? new Map<string, Page<Evidence>>();
    const known = ofRule.get(key);
    if (known !== undefined) return known;
    const page: Page<Evidence> = {
      rule: { requirement: rule.requirement, slug },
      path,
      things,
      tally: new Tally(),
      first: undefined,
      evidence: [],
    };
    this.#pages.set(rule, ofRule.set(key, page));
    return page;
  }

  #note(page: Page<Evidence>, finding: Finding, { traits, evidence }: Seen<Evidence>): void {
    page.tally.add(traits, !finding.holds);
    if (finding.holds) return;
    page.first ??= finding;
    if (page.evidence.length < shownViolations) page.evidence.push(evidence());
  }
}
