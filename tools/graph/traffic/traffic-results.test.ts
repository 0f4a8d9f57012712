import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { resultsProblem } from '../../engine/results/results-schema.ts';
import type { TrafficExchange } from './recorded.ts';
import { type JudgedTraffic, trafficResults } from './traffic-results.ts';

const mute: TrafficExchange = {
  place: 'entry 3',
  at: 1_250,
  method: 'POST',
  url: new URL('http://me:secret@target.test/beta/communications/calls/c/mute?a=b'),
  headers: [
    ['Authorization', 'Bearer t0ken'],
    ['Content-Length', '2'],
  ],
  body: '{}',
  answer: { status: 200, headers: [['A', 'b']], body: Buffer.from('{"id":"é"}') },
};
const update: TrafficExchange = { ...mute, place: 'entry 4', at: 1_300, answer: undefined };
const finding: JudgedTraffic['findings'][number] = {
  requirement: 'location.present',
  path: '/communications',
  things: 'answers',
  count: 4,
  violated: 0,
  evidence: [],
};
const first = { expectation: 'one Location', actual: 'there is none' };

function resultsOf(findings: JudgedTraffic['findings'], over: Partial<JudgedTraffic> = {}) {
  const traffic: JudgedTraffic = {
    name: 'bot.har',
    firstAt: 1_000,
    targets: [{ baseUrl: 'http://target.test/beta', apiVersion: 'beta' }],
    findings,
    notes: [],
    chosen: undefined,
    ...over,
  };
  const run = { id: 'r', startedAt: '2026-11-29T00:00:00.000Z', suiteVersion: '1.2.3' };
  return trafficResults(traffic, run, loadCatalogue());
}

describe('results of traffic', () => {
  it('are as the schema has them, of the target in the file, and never conformant', () => {
    const results = resultsOf([finding]);
    expect(resultsProblem('results', results)).toBeUndefined();
    expect(results.target).toEqual({
      name: 'bot.har',
      baseUrl: 'http://target.test/beta',
      apiVersion: 'beta',
      capabilities: {},
    });
    expect(results.run).toMatchObject({
      partial: true,
      complete: true,
      exitCode: 0,
      filters: { traffic: ['bot.har'] },
    });
    expect(results.summary).toMatchObject({ verdict: 'incomplete', coverage: 1 });
    expect(results.requirements.map(({ id, verdict }) => [id, verdict])).toEqual([['location.present', 'passed']]);
  });

  it('have a row for each requirement and path, whose id no case of the suite has', () => {
    const { cases } = resultsOf([
      finding,
      { ...finding, path: '/app', violated: 4, first },
      { ...finding, requirement: 'roster.json', things: 'updates', slug: 'some-case' },
      { ...finding, requirement: 'header.request-id', violated: 1, first, situation: 'it was a repeated mute' },
      { ...finding, requirement: 'header.request-id', things: 'refusals', count: 9 },
    ]);
    expect(cases.map(({ id, verdict, actual, observed }) => [id, verdict, actual, observed])).toEqual([
      ['location.present/in-recorded-traffic', 'passed', undefined, { count: 4, violated: 0 }],
      ['location.present/in-recorded-traffic@app', 'failed', 'there is none', { count: 4, violated: 4 }],
      ['roster.json/in-recorded-traffic', 'passed', undefined, { count: 4, violated: 0 }],
      [
        'header.request-id/in-recorded-traffic',
        'warned',
        'there is none, in 1 of 4 answers; it was a repeated mute',
        { count: 4, violated: 1, situation: 'it was a repeated mute' },
      ],
    ]);
  });

  it('show the first violations', () => {
    const results = resultsOf([
      { ...finding, violated: 1, first, evidence: [mute] },
      { ...finding, requirement: 'roster.json', things: 'updates', violated: 1, first, evidence: [update] },
    ]);
    expect(resultsProblem('results', results)).toBeUndefined();
    const [answered, notified] = results.cases;
    expect(answered?.exchanges).toEqual([
      {
        step: 'mute (entry 3)',
        sentAtMs: 250,
        ms: 0,
        request: {
          method: 'POST',
          url: 'http://target.test/beta/communications/calls/c/mute?a=b',
          headers: { authorization: 'Bearer $TOKEN', 'content-length': '2' },
          body: '{}',
        },
        response: { status: 200, headers: { a: 'b' }, body: '{"id":"é"}' },
        curl: expect.stringMatching(
          /^curl -i -X POST .*"authorization: Bearer \$TOKEN" (?!.*content-length)/,
        ) as string,
      },
    ]);
    expect(notified?.exchanges).toEqual([]);
    expect(notified?.notifications).toMatchObject([
      {
        receivedAtMs: 300,
        method: 'POST',
        kind: 'unknown',
        body: '{}',
        headers: { authorization: 'Bearer [redacted]' },
      },
    ]);
  });

  it('keep long bodies within the room of a run', () => {
    const long = { ...mute, body: 'x'.repeat(300_000) };
    const results = resultsOf([{ ...finding, violated: 3, first, evidence: [long, long, long] }]);
    expect(JSON.stringify(results).length).toBeLessThan(300_000);
    expect(results.cases[0]?.exchanges[0]?.request.truncated).toBe(true);
  });

  it('say what was asked for, and what else is in the file', () => {
    const targets = ['http://one.test', 'http://two.test'].map((baseUrl) => ({ baseUrl, apiVersion: undefined }));
    const { run, target } = resultsOf([finding], { targets, notes: ['a note'], chosen: ['location.present'] });
    expect(target).toMatchObject({ baseUrl: 'http://one.test', apiVersion: 'unknown' });
    expect(run.filters).toEqual({ traffic: ['bot.har'], requirement: ['location.present'] });
    expect(run.notes).toEqual(['a note', 'The traffic also has mutes of http://two.test, which were judged, too.']);
    expect(resultsOf([finding], { targets: [] }).target.baseUrl).toBe('unknown');
  });
});
