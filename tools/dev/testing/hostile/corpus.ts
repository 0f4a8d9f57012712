import { describe, expect, test } from 'vitest';
import { caseOf, causeOf, expectLeaksCounted } from './hostile-run.ts';
import type { HostileReply } from './hostile-reply.ts';
import { judgeAlone, patient, short, type TargetAmongOthers, testTogether } from './together.ts';

/**
 * The cases that look at answers and at refusals; those that look at what is told, and the same at each mistake, take
 * most of the time of a run.
 */
const casesOnAnswers = [
  '--case',
  ...['status.success/*', 'response.*/*', 'location.*/*', 'error.body/*', 'error.no-secret/*', 'transport.*/*'],
];

/** The cases that look at answers to valid mutes alone, one that must find its context in them. */
export const casesOnMutes = [
  '--case',
  ...['status.success/*', 'response.*/*', 'location.*/*', 'context.echo/echoes-quotes', 'transport.*/*'],
];

function targetOf(entry: HostileReply): TargetAmongOthers {
  const { name, place = 'mute', reply, exitCode, verdict, cause, transport, settings, throttle } = entry;
  const timeouts = { ...(exitCode === 0 ? patient : short), ...(throttle !== undefined && { throttle }) };
  return {
    name,
    place,
    reply,
    settings: { timeouts, ...settings },
    judge({ target, results }) {
      const judged = caseOf(results, 'status.success');
      const said = results.run.unreachable?.problem ?? causeOf(judged);
      expect.soft([exitCode].flat(), 'exit code').toContain(results.run.exitCode);
      expect.soft([verdict].flat(), 'status.success').toContain(judged.verdict);
      expect.soft(said, 'cause').toMatch(cause);
      if (transport !== undefined) {
        expect.soft(caseOf(results, 'transport.answered').verdict, 'transport.answered').toBe(transport);
      }
      expectLeaksCounted(results, target);
      return `${judged.verdict}: ${said}`;
    },
  };
}

/** A test of each entry of the corpus, which are tested together. */
export function corpus(name: string, entries: readonly HostileReply[]): void {
  for (const whole of [true, false]) {
    const group = entries.filter((entry) => (entry.whole ?? false) === whole);
    if (group.length === 0) continue;
    const words = whole ? [] : casesOnAnswers;
    describe(whole ? `${name}, all suites` : name, () => testTogether(group.map(targetOf), words));
  }
}

/** A test of each entry, which are tested one by one: what is proven of them is how much time and memory they take. */
export function corpusOneByOne(name: string, entries: readonly HostileReply[]): void {
  describe(name, () => {
    for (const entry of entries) {
      test(entry.name, (context) => judgeAlone(targetOf(entry), entry.whole === true ? [] : casesOnMutes, context));
    }
  });
}
