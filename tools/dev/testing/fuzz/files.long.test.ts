import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ConfigurationError } from '../../../engine/catalogue/errors.ts';
import { eventLine } from '../../../engine/results/event-log-file.ts';
import { readKnownIssues } from '../../../engine/results/known-issues-file.ts';
import { readResults } from '../../../engine/results/load-results.ts';
import type { Results, RunEvent } from '../../../engine/results/results.ts';
import { readTargetFile } from '../../../engine/target/target-file.ts';
import { renderReports } from '../../../reports/render.ts';
import { sampleResults } from '../sample-results.ts';
import { variedResults } from '../varied-results.ts';
import { violated, satisfied, runStory } from '../sample-run.ts';
import { anyText, jsonText, mutated, mutation, wireValue } from './wire.ts';

/** Reads something that may be wrong: it is read, or said in one paragraph to be wrong. */
function orPlainlyRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.message).not.toMatch(/\n\s+at /);
    expect(error.message.length).toBeLessThan(5_000);
    return undefined;
  }
}

const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 });

const targetFile = {
  name: 'acme',
  baseUrl: 'http://localhost:8080/beta',
  token: '${ACME_TOKEN}',
  capabilities: { app: true, operations: true },
  calls: { group: { create: { tenantId: 'a' } }, peerToPeer: { id: 'b', participantId: 'c' } },
  callback: { listen: '127.0.0.1:0', tls: false },
  timeouts: { request: '10s', notification: '5s' },
  rate: '20/s',
};
const knownIssues = {
  issues: [
    { match: 'location.*', kind: 'failing', reason: 'gateway', issue: 'https://example.com/12', until: '2027-01-31' },
  ],
};

describe('a target file', () => {
  const read = (text: string) => orPlainlyRefused(() => readTargetFile(text, 'target.yaml', { ACME_TOKEN: 'token' }));

  it('of any text is read or refused', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, jsonText), (text) => void read(text)),
      { numRuns: 300 },
    );
  });

  it('with anything changed in it is read or refused', () => {
    fc.assert(
      fc.property(mutations, (all) => void read(stringify(all.reduce<unknown>(mutated, targetFile)))),
      { numRuns: 300 },
    );
  });
});

describe('a file of known issues', () => {
  const read = (text: string) => orPlainlyRefused(() => readKnownIssues(text, 'known-issues.yaml'));

  it('of any text is read or refused', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, jsonText), (text) => void read(text)),
      { numRuns: 300 },
    );
  });

  it('with anything changed in it is read or refused', () => {
    fc.assert(
      fc.property(mutations, (all) => void read(stringify(all.reduce<unknown>(mutated, knownIssues)))),
      { numRuns: 300 },
    );
  });
});

/** A log as a run of three cases writes it. */
function log(): RunEvent[] {
  const { header, records, end } = runStory({ 'must.a/x': satisfied, 'must.a/y': violated, 'should.a/x': satisfied });
  return [header, ...records.map((record) => ({ event: 'case' as const, record })), { event: 'end' as const, ...end }];
}

describe('a file of results', () => {
  const read = (text: string) => orPlainlyRefused(() => readResults(text, 'results.json'));
  const formats = new Set(['junit', 'html', 'md', 'badge'] as const);

  it('of any text is read or refused', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, jsonText), (text) => void read(text)),
      { numRuns: 300 },
    );
  });

  it('with anything changed in it is read or refused, and rendered when it is read', async () => {
    const results = sampleResults(variedResults().cases.slice(0, 3));
    await fc.assert(
      fc.asyncProperty(mutations, async (all) => {
        const found = read(JSON.stringify(all.reduce<unknown>(mutated, results)));
        if (found !== undefined) await renderReports(found, formats);
      }),
      { numRuns: 300 },
    );
  });

  it('that is a log is read', () => {
    expect(read(log().map(eventLine).join(''))?.summary.must).toMatchObject({ passed: 1, failed: 1 });
  });

  it('that is a log, with anything changed in it, is read or refused', () => {
    const events = log();
    fc.assert(
      fc.property(fc.nat(), mutations, fc.nat(), (which, all, cut) => {
        const lines = events.map((event, index) =>
          index === which % events.length
            ? `${JSON.stringify(all.reduce<unknown>(mutated, event))}\n`
            : eventLine(event),
        );
        const text = lines.join('');
        read(text);
        read(text.slice(0, cut % text.length));
      }),
      { numRuns: 300 },
    );
  });

  it('of strange values is rendered or refused', async () => {
    await fc.assert(
      fc.asyncProperty(wireValue, wireValue, async (value, other) => {
        const found = read(JSON.stringify({ ...variedResults(), target: value, run: other } as unknown as Results));
        if (found !== undefined) await renderReports(found, formats);
      }),
      { numRuns: 100 },
    );
  });
});
