import { describe, expect } from 'vitest';
import { attacking } from './callback-attacks.ts';
import { byStrangers, byTarget, type HostileCallback } from './callbacks.ts';
import { expectLeaksCounted } from './hostile-run.ts';
import { patient, short, type TargetAmongOthers, testTogether } from './together.ts';

/** Has a listener of its own in a run of several, which counts what comes to it alone. */
function targetOf({ name, attack, exitCode, violated = [], traffic }: HostileCallback): TargetAmongOthers {
  return {
    name,
    ...attacking(attack),
    settings: { timeouts: exitCode === 0 ? patient : short },
    judge({ target, results }) {
      const failed = results.cases.filter(({ verdict }) => verdict === 'failed');
      const requirements = [...new Set(failed.map(({ requirement }) => requirement))];
      const { notifications = 0, strangers = 0 } = results.run.traffic ?? {};
      const said = requirements.join(' ');
      expect.soft([exitCode].flat(), `exit code; failed: ${said}`).toContain(results.run.exitCode);
      expect.soft(requirements).toEqual(expect.arrayContaining([...violated]));
      if (traffic !== undefined) expect.soft(results.run.traffic, 'traffic').toSatisfy(traffic);
      expectLeaksCounted(results, target);
      return `${results.summary.verdict}, ${notifications} notifications, ${strangers} strangers; ${said}`;
    },
  };
}

/** Those that are seen where updates are waited for, whatever else is asked. */
const suitesOnUpdates = ['roster-notification', 'roster-deltas', 'operation-lifecycle', 'state'];

describe('callbacks, by strangers', () => testTogether(byStrangers.map(targetOf), []));

describe('callbacks, by the target', () => {
  const attacks = byTarget.filter(({ onUpdates = false }) => !onUpdates);
  testTogether(attacks.map(targetOf), []);
});

describe('callbacks, by the target on updates', () => {
  const attacks = byTarget.filter(({ onUpdates = false }) => onUpdates);
  const words = suitesOnUpdates.flatMap((suite) => ['--suite', suite]);
  testTogether(attacks.map(targetOf), words);
});
