import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import { inTraffic, withTrafficCauses } from './traffic-causes.ts';
import { type JudgedTraffic, trafficResults } from './traffic-results.ts';

const seen: readonly RequirementId[] = [
  'status.success',
  'response.schema',
  'response.id',
  'context.echo',
  'location.present',
  'location.call',
  'location.operation',
];

/** Causes of traffic in which these promises are broken, and the others of `seen` hold. */
function causesOf(wrong: Partial<Record<RequirementId, string>>, violated = 4) {
  const findings = seen.map((requirement): JudgedTraffic['findings'][number] => {
    const actual = wrong[requirement];
    const first = actual === undefined ? {} : { violated, first: { expectation: 'otherwise', actual } };
    return { requirement, path: '/communications', things: 'answers', count: 4, violated: 0, evidence: [], ...first };
  });
  const traffic = { name: 'bot.har', firstAt: 0, targets: [], findings, notes: [], chosen: undefined };
  const run = { id: 'r', startedAt: '2026-11-29T00:00:00.000Z', suiteVersion: '1.2.3' };
  const { causes = [] } = withTrafficCauses(trafficResults(traffic, run, loadCatalogue()));
  return causes.map(({ requirement, likely, alternatives = [], explains }) => ({
    requirement,
    likely: likely === undefined ? [] : [likely, ...alternatives],
    count: explains.length,
  }));
}

describe('the causes of recorded traffic', () => {
  it.each<[string, Partial<Record<RequirementId, string>>, string[]]>([
    ['a missing Location', { 'location.present': 'it is 0' }, ['location-missing', 'location-in-content-location']],
    ['a doubled one', { 'location.present': 'it is 2' }, ['location-doubled']],
    ['what no known defect says', { 'location.present': 'the header is in Latin' }, []],
  ])('name %s where the words allow', (_name, wrong, likely) => {
    expect(causesOf(wrong)).toEqual([{ requirement: 'location.present', likely, count: 1 }]);
  });

  it('name it whatever the share', () => {
    expect(causesOf({ 'location.present': 'it is 2' }, 1)).toMatchObject([{ likely: ['location-doubled'] }]);
  });

  it('come from rows, one for each requirement and path', () => {
    const fault = {
      id: 'a',
      summary: '',
      breaks: ['x.y'],
      violated: ['x.y/one', 'x.y/two', 'x.y/one@app', 'z/three'],
      unjudged: ['q/four'],
    };
    expect(inTraffic(fault)).toEqual({
      ...fault,
      violated: ['x.y/in-recorded-traffic', 'x.y/in-recorded-traffic@app', 'z/in-recorded-traffic'],
      unjudged: [],
    });
  });
});
