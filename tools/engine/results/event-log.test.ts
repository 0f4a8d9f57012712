import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import { violated, satisfied, plannedCase, runStory } from '../../dev/testing/sample-run.ts';
import { assembleResults, type RunLog } from './assemble.ts';
import { eventLine } from './event-log-file.ts';
import { looksLikeEventLog, rebuild } from './event-log.ts';
import { readResults } from './load-results.ts';
import type { ListedIssue, LoggedCaseRecord } from './results.ts';

function logOf({ header, records, targetRecord, end }: RunLog): string {
  return [
    eventLine(header),
    ...records.map((record) => eventLine({ event: 'case', record })),
    ...(targetRecord === undefined ? [] : [eventLine({ event: 'target' as const, record: targetRecord })]),
    eventLine({ event: 'end', ...end }),
  ].join('');
}

const story = runStory({ 'must.a/x': satisfied, 'must.a/y': violated, 'should.a/x': satisfied });

describe('results rebuilt from events', () => {
  it('are those of the run, whatever it was', () => {
    const anyOutcome = fc.constantFrom<LoggedCaseRecord['outcome']>(
      satisfied,
      violated,
      { kind: 'could-not-run', reason: 'r' },
      { kind: 'not-applicable', because: 'version', reason: 'r' },
    );
    const anyEnd = fc.record(
      {
        durationMs: fc.nat(),
        interrupted: fc.boolean(),
        brokenRatchets: fc.array(fc.string()),
        knownIssues: fc.constant<ListedIssue[]>([{ match: 'must.a', kind: 'failing', reason: 'r', line: 2 }]),
      },
      { requiredKeys: ['durationMs', 'interrupted'] },
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('must.a/x', 'must.b/x', 'should.a/x', 'may.a/x'), anyOutcome),
        anyEnd,
        (outcomes, end) => {
          const run = runStory({ ...outcomes }, { end });
          expect(rebuild(logOf(run), 'events.jsonl')).toEqual(assembleResults(run));
        },
      ),
    );
  });

  it('say what was known until the run died, wherever that was', () => {
    const whole = logOf(story);
    const afterHeader = whole.indexOf('\n') + 1;
    for (let cut = afterHeader; cut < whole.length - 1; cut += 7) {
      const results = rebuild(whole.slice(0, cut), 'events.jsonl');
      expect(results.run).toMatchObject({ complete: false, partial: true });
      expect(results.run.exitCode).not.toBe(0);
      expect(results.cases).toHaveLength(3);
    }
    const early = rebuild(whole.slice(0, afterHeader), 'events.jsonl');
    expect(early.cases.map(({ verdict, reason }) => [verdict, reason])).toEqual(
      Array.from({ length: 3 }, () => ['could-not-run', 'the run ended before this case did']),
    );
    expect(early.run.exitCode).toBe(3);
  });

  it.each<[string, string, RegExp]>([
    ['nothing', '', /not the header of a run/],
    ['half a header', logOf(story).slice(0, 40), /line 1/],
    ['no header', logOf(story).split('\n').slice(1).join('\n'), /not the header of a run/],
    ['junk in the middle', logOf(story).replace('\n', '\n{"event":\n'), /line 2/],
    ['a foreign event', logOf(story).replace('\n', '\n{"event":"party"}\n'), /line 2: not an event/],
    ['an event of the wrong form', logOf(story).replace('"repetition":0', '"repetition":"0"'), /line 2.*repetition/],
    [
      'a case that was not planned',
      logOf(story).replace('"id":"must.a/x","repetition"', '"id":"must.z/x","repetition"'),
      /must\.z\/x/,
    ],
    [
      'a case without its requirement',
      logOf({ ...story, header: { ...story.header, cases: [plannedCase('none.such/x')] } }),
      /none\.such/,
    ],
  ])('are refused for %s', (_name, text, message) => {
    expect(() => rebuild(text, 'events.jsonl')).toThrow(ConfigurationError);
    expect(() => rebuild(text, 'events.jsonl')).toThrow(message);
  });

  it('are recognised by the first line', () => {
    expect(looksLikeEventLog(logOf(story))).toBe(true);
    expect(looksLikeEventLog(JSON.stringify(assembleResults(story), undefined, 2))).toBe(false);
    expect(readResults(logOf(story), 'x')).toEqual(readResults(JSON.stringify(assembleResults(story)), 'y'));
  });
});
