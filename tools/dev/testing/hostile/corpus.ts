import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, patientTimeouts, shortTimeouts } from './command-line.ts';
import { caseOf, causeOf, expectLeaksCounted, noteRun, runAgainst, token } from './hostile-run.ts';
import { startHostileTarget } from './proxy.ts';
import type { HostileReply } from './hostile-reply.ts';

/** The suites that look at what is answered; those that look at what is told take most of the time of a run. */
const suitesOnAnswers = ['status-codes', 'response-shape', 'location-header', 'error-bodies', 'transport'];

/** A target file, the only place that says how long a case may wait for a target that throttles. */
function targetFile(baseUrl: string, throttle: string): string {
  const file = path.join(emptyFolder(), 'target.yaml');
  writeFileSync(file, `baseUrl: ${baseUrl}\ntoken: \${HOSTILE_TOKEN}\ntimeouts: { throttle: ${throttle} }\n`);
  return file;
}

/** A test of each entry of the corpus. */
export function corpus(name: string, entries: readonly HostileReply[]): void {
  describe(name, () => {
    for (const { name, place = 'mute', reply, exitCode, verdict, cause, transport, whole, throttle } of entries) {
      test(name, async ({ task }) => {
        const target = await startHostileTarget(place, reply, token);
        try {
          const words = whole === true ? [] : suitesOnAnswers.flatMap((suite) => ['--suite', suite]);
          const timeouts = exitCode === 0 ? patientTimeouts : shortTimeouts;
          const patience = throttle === undefined ? {} : { targetFile: targetFile(target.baseUrl, throttle) };
          const { ended, results } = await runAgainst(target, { words, timeouts, ...patience });
          const judged = caseOf(results, 'status.success');
          const said = results.run.unreachable?.problem ?? causeOf(judged);
          noteRun(task, ended, `${judged.verdict}: ${said}`);
          expect.soft([exitCode].flat(), 'exit code').toContain(ended.exitCode);
          expect.soft([verdict].flat(), 'status.success').toContain(judged.verdict);
          expect.soft(said, 'cause').toMatch(cause);
          if (transport !== undefined) {
            expect.soft(caseOf(results, 'transport.answered').verdict, 'transport.answered').toBe(transport);
          }
          expectLeaksCounted(results, target);
        } finally {
          await target.close();
        }
      });
    }
  });
}
