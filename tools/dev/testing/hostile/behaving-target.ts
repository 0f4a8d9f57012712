import { afterEach } from 'vitest';
import { type CommandOptions, type EndedCommand, patientTimeouts, runCommand } from './command-line.ts';
import { token } from './hostile-run.ts';
import { type HostileTarget, type Place, startHostileTarget } from './proxy.ts';

/** Targets of the test under way. */
const targets: HostileTarget[] = [];

afterEach(async () => {
  await Promise.all(targets.splice(0).map((target) => target.close()));
});

/** A target that behaves, but for what is asked there: that is never answered. Closed after the test. */
export async function behaving(place: Place = () => false): Promise<HostileTarget> {
  const target = await startHostileTarget(place, () => undefined, token);
  targets.push(target);
  return target;
}

/** A run without the checks of reports, for where there may be none. */
export function run(
  target: Pick<HostileTarget, 'baseUrl'>,
  words: readonly string[],
  options: CommandOptions = {},
): Promise<EndedCommand> {
  return runCommand(['--base-url', target.baseUrl, '--token-env', 'HOSTILE_TOKEN', ...patientTimeouts, ...words], {
    ...options,
    environment: { HOSTILE_TOKEN: token, ...options.environment },
  });
}
