import path from 'node:path';
import type { Results } from '../../../engine/results/results.ts';
import type { Bench } from '../part.ts';
import type { Section } from '../report.ts';
import { knownMedian, median } from '../statistics.ts';
import { resultsIn, suiteCommand, suiteRun } from '../suite-command.ts';

/** The verdict of each case. */
function verdicts({ cases }: Results): string {
  return cases.map(({ id, verdict }) => `${id} ${verdict}`).join('\n');
}

/** A full run that was recorded once, replayed with no target: it has to find what the run found. */
export async function benchReplay({ runs, folder }: Bench): Promise<Section[]> {
  const cassette = path.join(folder, 'run.cassette.json');
  const recorded = await suiteRun(['--record', cassette], path.join(folder, 'recorded'));
  const walls: number[] = [];
  const peaks: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const reports = path.join(folder, 'replayed');
    const measured = await suiteCommand(['run', '--quiet', '--report-dir', reports, '--replay', cassette]);
    // What an earlier replay wrote would still be there.
    if (measured.exitCode !== 0) throw new Error(`the replay ended with ${measured.exitCode}: ${measured.stderr}`);
    const found = verdicts(resultsIn(reports, measured));
    if (found !== verdicts(recorded.results)) throw new Error(`the replay did not find what the run found: ${reports}`);
    walls.push(measured.wallMs);
    if (measured.peakMb !== undefined) peaks.push(measured.peakMb);
  }
  const peak = knownMedian(peaks);
  return [
    {
      part: 'replay',
      title: 'A replay of the full run',
      limits: [{ what: 'replay, wall', measured: median(walls) / 1000, limit: 1.5, unit: 's' }],
      tables: [],
      notes: peak === undefined ? [] : [`Peak memory ${Math.round(peak)} MB.`],
      samples: { 'wall of a replay (ms)': walls },
    },
  ];
}
