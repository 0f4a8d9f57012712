import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import { violated, satisfied, plannedCase, runStory, sampleRows } from '../../dev/testing/sample-run.ts';
import { assembleResults } from './assemble.ts';
import { mergeShards } from './merge.ts';
import type { LoggedCaseRecord, PlannedCaseRow, Results, RunHeader } from './results.ts';

const outcomes: Record<string, LoggedCaseRecord['outcome']> = {
  'must.a/x': satisfied,
  'must.a/y': violated,
  'should.a/x': violated,
  'must.b/x': { kind: 'not-applicable', because: 'version', reason: 'r' },
  'may.a/x': satisfied,
  'must.b/over': satisfied,
};
const order = { cases: Object.keys(outcomes), requirements: sampleRows.map(({ id }) => id) };
const run = { id: 'r', startedAt: '2026-05-04T09:30:00.000Z', seed: 42, filters: {}, repeat: 1 };

function planned(id: string): PlannedCaseRow {
  return plannedCase(id, id === 'must.b/over' ? { scope: 'run' } : {});
}

function resultsOf(ids: readonly string[], shard: string | undefined, changes: Partial<RunHeader> = {}): Results {
  const own = Object.fromEntries(ids.map((id) => [id, outcomes[id] ?? satisfied]));
  const header = {
    cases: ids.map(planned),
    run: { ...run, ...(shard !== undefined && { shard }) },
    requirements: sampleRows.filter(({ id }) => ids.some((each) => each.startsWith(`${id}/`))),
    ...changes,
  };
  return assembleResults(runStory(own, { header }));
}

const parts = [
  ['should.a/x', 'must.a/x', 'must.b/over'],
  ['must.b/x', 'must.b/over'],
  ['may.a/x', 'must.a/y', 'must.b/over'],
];
const shards = parts.map((ids, index) => ({ file: `s${index + 1}.json`, results: resultsOf(ids, `${index + 1}/3`) }));

describe('the shards of a run put together', () => {
  it('are what the run would have found in one piece', () => {
    const merged = mergeShards([...shards].reverse(), order);
    const whole = resultsOf(order.cases, undefined);
    expect(merged.cases).toEqual(whole.cases);
    expect(merged.summary).toEqual(whole.summary);
    expect(merged.requirements).toEqual(whole.requirements);
    expect(merged.run).toMatchObject({ complete: true, partial: false, exitCode: whole.run.exitCode });
    expect(merged.run.shard).toBeUndefined();
    expect(merged.run.traffic?.requests).toBe(27);
  });

  it('are incomplete when one is missing, and say which', () => {
    const merged = mergeShards(shards.slice(1), order);
    expect(merged.run).toMatchObject({ complete: false, partial: true });
    expect(merged.run.notes).toContain('the shard 1/3 is missing');
    expect(merged.summary.verdict).toBe('non-conformant');
  });

  it('take the worst verdict on what judges the whole run', () => {
    const failing: typeof outcomes = { ...outcomes, 'must.b/over': violated };
    const header = { cases: (parts[1] ?? []).map(planned), run: { ...run, shard: '2/3' } };
    const second = assembleResults(
      runStory(Object.fromEntries((parts[1] ?? []).map((id) => [id, failing[id] ?? satisfied])), { header }),
    );
    const merged = mergeShards(
      shards.map((shard, index) => (index === 1 ? { file: 's2.json', results: second } : shard)),
      order,
    );
    expect(merged.cases.find(({ id }) => id === 'must.b/over')).toMatchObject({ verdict: 'failed' });
  });

  it('are refused when known issues excuse every must of the whole, and not of a part', () => {
    const knownIssues = [{ match: 'must.a/y', kind: 'failing' as const, reason: 'r' }];
    const own = [
      { file: 'a', results: resultsOf(['must.a/y'], '1/2', { knownIssues }) },
      { file: 'b', results: resultsOf(['should.a/x'], '2/2', { knownIssues }) },
    ];
    expect(own[0]?.results.run.exitCode).toBe(0);
    expect(mergeShards(own, order).run.exitCode).toBe(2);
  });

  const first = shards.slice(0, 1);
  const changed = (changes: (results: Results) => Results) => [
    ...first,
    ...shards.slice(1, 2).map(({ results }) => ({ file: 'other.json', results: changes(results) })),
  ];

  it.each<[string, { file: string; results: Results }[], RegExp]>([
    ['the same shard twice', [...first, ...first], /overlap/],
    ['no shard', [{ file: 'whole.json', results: resultsOf(order.cases, undefined) }], /whole\.json is not a shard/],
    ['another seed', changed((r) => ({ ...r, run: { ...r.run, seed: 7 } })), /seed differs \(7 and 42\)/],
    [
      'another version',
      changed((r) => ({ ...r, suite: { ...r.suite, version: '9' } })),
      /version of the suite differs/,
    ],
    [
      'another commit',
      shards.slice(0, 2).map(({ file, results }, index) => ({
        file,
        results: { ...results, target: { ...results.target, commit: `c${index}` } },
      })),
      /the commit of the target differs \("c1" and "c0"\)/,
    ],
    ['another target', changed((r) => ({ ...r, target: { ...r.target, name: 'b' } })), /target differs/],
    ['another host', changed((r) => ({ ...r, target: { ...r.target, baseUrl: 'http://b/beta' } })), /target differs/],
    ['another count', changed((r) => ({ ...r, run: { ...r.run, shard: '2/4' } })), /number of shards/],
    ['other filters', changed((r) => ({ ...r, run: { ...r.run, filters: { suite: ['a'] } } })), /filter differs/],
    ['nothing', [], /at least one/],
  ])('are refused for %s', (_name, files, message) => {
    expect(() => mergeShards(files, order)).toThrow(ConfigurationError);
    expect(() => mergeShards(files, order)).toThrow(message);
  });

  it('may know different things of the build that was tested', () => {
    const elsewhere = changed((r) => ({ ...r, target: { ...r.target, version: '2', ci: 'https://ci.example/2' } }));
    expect(mergeShards(elsewhere, order).cases.length).toBeGreaterThan(0);
  });

  it('stay held against the run that all of them were held against', () => {
    const baseline = { run: 'before', startedAt: '2026-05-01T09:30:00.000Z', asBefore: ['must.a/y'] };
    const satisfied = shards.map(({ file, results }) => ({
      file,
      results: { ...results, run: { ...results.run, baseline } },
    }));
    const merged = mergeShards(satisfied, order);
    expect(merged.run).toMatchObject({ exitCode: 0, baseline });
    expect(mergeShards([...satisfied.slice(0, 2), ...shards.slice(2)], order).run.exitCode).toBe(1);
  });

  it('may have been on loopback ports of their own', () => {
    const elsewhere = changed((r) => ({ ...r, target: { ...r.target, baseUrl: 'http://127.0.0.1:9999/beta' } }));
    expect(mergeShards(elsewhere, order).cases.length).toBeGreaterThan(0);
  });
});
