import { loadCatalogue } from '../catalogue/catalogue.ts';
import type { RunnableCase } from '../cases/suite.ts';
import type { Outcome } from '../results/outcome.ts';
import { isCapability, type Target } from '../target/target.ts';

/** How a case ends that needs what the target does not declare; undefined where it needs no such thing. */
export function undeclaredNeed(
  planned: RunnableCase,
  { capabilities, unprivilegedToken }: Pick<Target, 'capabilities' | 'unprivilegedToken'>,
): Extract<Outcome, { kind: 'not-applicable' }> | undefined {
  const { capability } = loadCatalogue().requirement(planned.requirement);
  const needs = [capability, ...(planned.scope === 'case' ? (planned.definition.options.needs ?? []) : [])];
  for (const need of needs) {
    if (need === 'unprivilegedToken' && unprivilegedToken === undefined) {
      const reason = 'the target file gives no unprivilegedToken';
      return { kind: 'not-applicable', because: 'capability', reason, needs: need };
    }
    // What is undeclared of /app was looked at already.
    if (isCapability(need) && capabilities[need] === false) {
      return {
        kind: 'not-applicable',
        because: 'capability',
        reason: `the target does not declare the capability ${need}`,
        needs: need,
      };
    }
  }
  return undefined;
}
