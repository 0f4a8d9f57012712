import type { CaseResult, Cause, RequirementResult, Results } from '../engine/results/results.ts';
import { withCauses } from '../engine/results/causes/with-causes.ts';
import { loadFaultSignatures } from '../engine/catalogue/fault-signatures.ts';
import { groupSimilar } from './group-similar.ts';
import { plural } from './figures.ts';
import { grouped, type NonEmpty } from '../engine/results/grouped.ts';
import { tally } from './verdicts.ts';

/** A cause with what there is to tell of it. */
export interface ReportedCause {
  readonly cause: Cause;
  /** Of the requirement of the example, which nearly always is the cause's. */
  readonly row: RequirementResult | undefined;
  /** The case that is told in full, and those that show the same in the same words. */
  readonly example: NonEmpty<CaseResult>;
  /** What it explains besides. */
  readonly others: readonly CaseResult[];
}

/** The causes of a run, the most important first; inferred where the results do not say. */
export function reportedCauses(results: Results): ReportedCause[] {
  const causes = results.causes ?? withCauses(results).causes ?? [];
  const cases = new Map(results.cases.map((each) => [each.id, each]));
  const rows = new Map(results.requirements.map((row) => [row.id, row]));
  return causes.flatMap((cause) => {
    const own = cause.explains.flatMap((id) => cases.get(id) ?? []);
    const first = cases.get(cause.first) ?? own[0];
    if (first === undefined) return [];
    // What could not be judged for one reason is one thing, whatever it would have judged.
    const groups = groupSimilar(own, ({ requirement, verdict, expectation, actual, reason }) =>
      expectation === undefined ? [verdict, reason] : [requirement, verdict, expectation, actual],
    );
    const same = groups.find((group) => group.includes(first)) ?? [];
    const example: NonEmpty<CaseResult> = [first, ...same.filter((each) => each !== first)];
    return { cause, row: rows.get(first.requirement), example, others: own.filter((each) => !example.includes(each)) };
  });
}

/** A known defect and what it does, as the end of a sentence about the target: “answers a mute without Location”. */
export interface NamedDefect {
  readonly id: string;
  readonly does: string;
}

/** The known defects that a cause may be, the likeliest first; none where none fits. */
export function likelyDefects({ likely, alternatives = [] }: Cause): NamedDefect[] {
  if (likely === undefined) return [];
  const known = loadFaultSignatures();
  return [likely, ...alternatives].map((id) => {
    // Results of another version may name others.
    const { summary = 'has a known defect' } = known.find((fault) => fault.id === id) ?? {};
    return { id, does: summary.slice(0, 1).toLowerCase() + summary.slice(1) };
  });
}

const requirementsNamed = 6;

/** What else a cause explains: how many cases came to what, and of which requirements they are. */
export function consequences({ others }: ReportedCause): { readonly counts: string; readonly requirements: string } {
  const counts = [...tally(others)].map(([verdict, count]) => `${String(count)} ${verdict}`).join(', ');
  const all = [...grouped(others, ({ requirement }) => requirement)];
  const named = all.slice(0, requirementsNamed).map(([requirement, cases]) => `${requirement} ${String(cases.length)}`);
  const more = all.length - named.length;
  return {
    counts: `${plural(others.length, 'more case')}: ${counts}`,
    requirements: named.join(', ') + (more > 0 ? ` and ${plural(more, 'more requirement')}` : ''),
  };
}

/** The cause of a case of which another one is told in full; undefined where there is none. */
export function causeElsewhere({ id }: CaseResult, { causes }: Results): Cause | undefined {
  return causes?.find(({ first, explains }) => first !== id && explains.includes(id));
}
