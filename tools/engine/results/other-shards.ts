import type { CaseResult, LoggedCaseRecord, PlannedCaseRow } from './results.ts';

/**
 * What a shard can say of the cases of other shards before its findings are looked at: nothing. There is no record of
 * those on a path that the target does not serve.
 */
export function recordsOfOtherShards(
  others: readonly PlannedCaseRow[],
  {
    header,
    records,
  }: { readonly header: { readonly cases: readonly PlannedCaseRow[] }; readonly records: readonly LoggedCaseRecord[] },
): LoggedCaseRecord[] {
  if (others.length === 0) return [];
  const pathOf = new Map(header.cases.map(({ id, path }) => [id, path]));
  const served = new Set(records.filter(isApplicable).map(({ id }) => pathOf.get(id)));
  return others
    .filter(({ path }) => path === '/communications' || served.has(path))
    .map(({ id }) => ({
      target: '',
      id,
      repetition: 0,
      outcome: { kind: 'not-applicable', because: 'condition', reason: 'the case belongs to another shard' },
      checked: [],
      durationMs: 0,
      exchanges: [],
      notifications: [],
    }));
}

function isApplicable({ outcome }: LoggedCaseRecord): boolean {
  return outcome.kind !== 'not-applicable' || outcome.because === 'condition';
}

/**
 * The verdict on a case by all shards: that of its own, but where that saw nothing broken and another one did.
 * @param own undefined where its shard is missing
 * @param others what other shards saw broken; at least one
 */
export function withOtherShards(own: CaseResult | undefined, others: readonly CaseResult[]): CaseResult | undefined {
  const [gravest] = others.toSorted((one, other) => (other.observed?.violated ?? 0) - (one.observed?.violated ?? 0));
  if (gravest === undefined || (own !== undefined && !mayBeOverruled(own))) return own;
  const { otherShard: _otherShard, ...seen } = gravest;
  return { ...seen, durationMs: own?.durationMs ?? 0 };
}

/** As within one run: what broke there stays so, and what does not apply to a target is not put to it. */
function mayBeOverruled({ verdict, expectation, notApplicable }: CaseResult): boolean {
  if (expectation !== undefined || verdict === 'harness-error') return false;
  return verdict !== 'not-applicable' || notApplicable === 'condition';
}
