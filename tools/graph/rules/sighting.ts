import type { RuleResult } from './rule.ts';

/** Violations that are shown in full. */
const shownViolations = 3;

type Violation = RuleResult & { holds: false };

/** What was seen of a promise in things of one sort: counts, the first violations, and an example of what holds. */
export class Sighting<Evidence> {
  count = 0;
  violated = 0;
  /** The first violation in words. */
  first: Omit<Violation, 'holds'> | undefined;
  /** What the example of what holds was found to have. */
  checked: readonly string[] = [];
  readonly violations: Evidence[] = [];
  #example: { readonly isPlain: boolean; readonly evidence: Evidence } | undefined;

  /** The first violations, or one that holds where there are none. */
  get evidence(): Evidence[] {
    return this.violations.length > 0 || this.#example === undefined ? [...this.violations] : [this.#example.evidence];
  }

  /**
   * @param isPlain whether what was sent is nothing out of the ordinary: the example of what holds is the first such, if
   *   there is one
   * @param evidence makes what shows it, if it is to be shown
   */
  note(finding: RuleResult, isPlain: boolean, evidence: () => Evidence): void {
    this.count += 1;
    if (finding.holds) {
      if (this.#example !== undefined && (this.#example.isPlain || !isPlain)) return;
      this.checked = finding.checked;
      this.#example = { isPlain, evidence: evidence() };
      return;
    }
    this.violated += 1;
    const { holds: _holds, ...first } = finding;
    this.first ??= first;
    if (this.violations.length < shownViolations) this.violations.push(evidence());
  }
}
