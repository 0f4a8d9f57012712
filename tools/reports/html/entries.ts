import type { CaseResult, Results } from '../../engine/results/results.ts';
import { grouped } from '../../engine/results/grouped.ts';
import { foldedTwins } from '../twins.ts';
import { needsReading } from '../verdicts.ts';
import { caseEntry, type Detail } from './case.ts';
import { html, type Markup } from './markup.ts';
import type { CaseEntry } from './matrix.ts';

/** Without what failed, a page above this loads slowly from a CI system; then less is shown of what passed. */
const bytesAtMost = 980_000;

/** How much of a failure is shown as long as all failures together have not taken so many bytes. */
const failureExtents: readonly [detail: Detail, untilBytes: number][] = [
  ['whole', 1_000_000],
  ['brief', 1_200_000],
  ['lines', 1_400_000],
];

/** From the most to the least of what passed; both paths mostly show the same. */
const extents: readonly ((each: CaseResult) => Detail)[] = [
  () => 'brief',
  ({ path }) => (path === '/app' ? 'lines' : 'brief'),
  () => 'lines',
  () => 'counts',
];

/**
 * The entry of each case that is told, as long as the page has room: what did not pass first, and of that whatever
 * stands for others.
 * @param shell how many bytes the page has without them
 * @returns nothing for a case that is told within the entry of its twin
 */
export function caseEntries(results: Results, shell: number): CaseEntry {
  const twins = foldedTwins(results.cases);
  const within = new Set([...twins.values()].map(({ other }) => other));
  const told = results.cases.filter((each) => !within.has(each));
  const entryOf = (each: CaseResult, detail: Detail, detailWithin: Detail): Markup => {
    const folded = twins.get(each);
    return caseEntry(
      each,
      detail,
      results,
      folded && { twin: folded.other, alike: folded.alike, detail: detailWithin },
    );
  };
  const entries = new Map<CaseResult, Markup>();
  let bytes = 0;
  for (const each of representativesFirst(
    told.filter(({ verdict }) => needsReading(verdict)),
    results,
  )) {
    const [detail] = failureExtents.find(([, until]) => bytes < until) ?? ['counts'];
    const reads = twins.get(each)?.alike === false;
    const entry = entryOf(each, detail, reads ? detail : 'counts');
    bytes += Buffer.byteLength(entry.toString());
    entries.set(each, entry);
  }
  const others = told.filter((each) => !entries.has(each));
  for (const detailOf of extents) {
    const trimmed = others.map((each) => {
      const other = twins.get(each)?.other ?? each;
      return [each, entryOf(each, detailOf(each), detailOf(other))] as const;
    });
    for (const [each, entry] of trimmed) entries.set(each, entry);
    if (trimmed.reduce((sum, [, entry]) => sum + Buffer.byteLength(entry.toString()), 0) <= bytesAtMost - shell) break;
  }
  return (each) => entries.get(each) ?? html``;
}

/** What the causes show themselves in, the first case of each requirement, then the rest. */
function representativesFirst(cases: readonly CaseResult[], { causes = [] }: Results): CaseResult[] {
  const examples = new Set(causes.map(({ first }) => first));
  const firsts = [...grouped(cases, ({ requirement }) => requirement).values()].map(([each]) => each);
  return [...new Set([...cases.filter(({ id }) => examples.has(id)), ...firsts, ...cases])];
}
