import type { Peer, PeerRun } from '../peer.ts';
import { suiteRun } from '../suite-command.ts';

/** What the suite itself does; it brings its own emulator, with the same fault or variant. */
export async function runThisSuite(
  deviation: readonly string[],
  folder: string,
): Promise<PeerRun & { exchanges: number }> {
  const { measured, results } = await suiteRun(deviation, folder);
  return {
    processes: [measured],
    exchanges: results.run.traffic?.requests ?? 0,
    checks: results.cases.reduce((sum, { checked }) => sum + (checked?.length ?? 0), 0),
    failures: results.cases.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id),
  };
}

export const thisSuite: Pick<Peer, 'name' | 'given'> = { name: 'this suite', given: 'nothing' };
