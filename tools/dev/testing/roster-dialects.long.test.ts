import { describe, expect, it, vi } from 'vitest';
import type { Fault, Variant } from '../../emulator/deviation.ts';
import { faults } from '../../emulator/faults/index.ts';
import { variants } from '../../emulator/variants/index.ts';
import { combinedDeviation } from './combined-deviation.ts';
import { runOnEmulator } from './run-suites.ts';

// Each run waits for updates that never come: side by side they take as long as the processor needs.
vi.setConfig({ maxConcurrency: 8 });

/** The ways in which a roster may be told or read beside the documented example (facts 78 to 80). */
const dialects = [
  'delta-unasked-in-collection',
  'delta-unasked-alone',
  'own-participant-as-instance',
  'participants-in-pages',
  'keys-in-parentheses',
  'operation-update-without-id',
].map((id) => variants.find((variant) => variant.id === id) ?? expect.unreachable(`there is no variant ${id}`));

/** Where its identity alone tells the own participant, nobody can tell that it is missing: could-not-run, not passed. */
const untellable = new Map([['own-participant-as-instance', ['roster-without-self', 'delta-without-self']]]);

function isOfRosters(requirement: string): boolean {
  return /^(roster|state\.participants|operation\.notification)/.test(requirement);
}

const rosterFaults = faults.filter(({ breaks }) => breaks.some(isOfRosters));
const timeouts = { notificationMs: 1_000, quietMs: 150 };

/** The requirements that fail or warn where a fault is told in the dialect of a variant. */
async function caught(fault: Fault, variant: Variant, requirements: readonly string[]): Promise<string[]> {
  const deviation = combinedDeviation(fault, variant);
  // roster.unsolicited looks at what other cases have set off, reading participants among it.
  const asked = requirements.includes('roster.unsolicited') ? [...requirements, 'state.participants'] : requirements;
  // What shows on both paths is caught on one.
  const isOnApp = fault.id.endsWith('-on-app');
  const chosen = (id: string) =>
    asked.some((requirement) => id.startsWith(`${requirement}/`)) && id.endsWith('@app') === isOnApp;
  const run = await runOnEmulator(deviation, chosen, timeouts);
  return requirements.filter((requirement) => run.ids('violated').some((id) => id.startsWith(`${requirement}/`)));
}

describe.each(dialects.map((variant) => ({ dialect: variant.id, variant })))(
  'in the dialect $dialect',
  ({ variant }) => {
    it.concurrent.each(rosterFaults.map((fault) => ({ id: fault.id, fault })))('$id is caught', async ({ fault }) => {
      const requirements = fault.breaks.filter((id) => isOfRosters(id) && !(variant.hides ?? []).includes(id));
      const isTellable = untellable.get(variant.id)?.includes(fault.id) !== true;
      expect(await caught(fault, variant, requirements)).toEqual(isTellable ? requirements : []);
    });
  },
);
