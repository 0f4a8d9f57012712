import { describe, expect, test } from 'vitest';
import { startAttackingTarget } from './callback-attacks.ts';
import { callbacks } from './callbacks.ts';
import { patientTimeouts, shortTimeouts } from './command-line.ts';
import { expectLeaksCounted, noteRun, runAgainst, token } from './hostile-run.ts';

describe('callbacks', () => {
  for (const { name, attack, exitCode, violated = [], traffic, suites = [] } of callbacks) {
    test(name, async ({ task }) => {
      const over = new AbortController();
      const target = await startAttackingTarget(attack, over.signal, token);
      try {
        const timeouts = exitCode === 0 ? patientTimeouts : shortTimeouts;
        const { ended, results } = await runAgainst(target, {
          timeouts,
          words: suites.flatMap((suite) => ['--suite', suite]),
        });
        const failed = results.cases.filter(({ verdict }) => verdict === 'failed');
        const requirements = [...new Set(failed.map(({ requirement }) => requirement))];
        const { notifications = 0, strangers = 0 } = results.run.traffic ?? {};
        const counts = `${notifications} notifications, ${strangers} strangers`;
        noteRun(task, ended, `${results.summary.verdict}, ${counts}; ${requirements.join(' ')}`);
        expect.soft([exitCode].flat(), `exit code; failed: ${requirements.join(' ')}`).toContain(ended.exitCode);
        expect.soft(requirements).toEqual(expect.arrayContaining([...violated]));
        if (traffic !== undefined) expect.soft(results.run.traffic, 'traffic').toSatisfy(traffic);
        expectLeaksCounted(results, target);
      } finally {
        over.abort();
        await target.close();
      }
    });
  }
});
