import path from 'node:path';
import { emptyTest } from '../empty-test.ts';
import type { Measured } from '../measured-process.ts';
import type { Bench } from '../part.ts';
import { shownNumber } from '../render-markdown.ts';
import type { Limit, Section } from '../report.ts';
import { knownMedian, median } from '../statistics.ts';
import { suiteRun } from '../suite-command.ts';

/** The full run against the embedded emulator, beside vitest with one test that does nothing. */
export async function benchRun({ runs, folder, say }: Bench): Promise<Section[]> {
  const empty = emptyTest(folder);
  const suite: Measured[] = [];
  const vitest: Measured[] = [];
  let cases = 0;
  let requests = 0;
  try {
    // By turns, so that a machine that slows down slows both.
    for (let run = 0; run < runs; run += 1) {
      const { measured, results } = await suiteRun([], path.join(folder, 'run'));
      if (results.summary.verdict !== 'conformant') say(`not conformant: ${measured.stdout}\n`);
      suite.push(measured);
      vitest.push(await empty.run());
      cases = results.cases.length;
      requests = results.run.traffic?.requests ?? 0;
    }
  } finally {
    empty.remove();
  }
  const wall = median(suite.map(({ wallMs }) => wallMs));
  const ratio = wall / median(vitest.map(({ wallMs }) => wallMs));
  const peak = knownMedian(suite.map(({ peakMb }) => peakMb));
  const limits: Limit[] = [
    { what: 'full run, wall', measured: wall / 1000, limit: 2, unit: 's' },
    { what: 'full run, in empty vitest runs', measured: ratio, limit: 2.5, unit: '×' },
    ...(peak === undefined ? [] : [{ what: 'full run, peak memory', measured: peak, limit: 200, unit: 'MB' }]),
  ];
  return [
    {
      part: 'run',
      title: 'The full run',
      limits,
      tables: [
        {
          head: ['process', 'wall, ms', 'processor, ms', 'peak memory, MB'],
          rows: [row(`the suite, ${cases} cases, ${requests} requests`, suite), row('vitest, one empty test', vitest)],
        },
      ],
      notes: peak === undefined ? ['Peak memory is not known: nothing here can tell.'] : [],
      samples: {
        'wall of the suite (ms)': suite.map(({ wallMs }) => wallMs),
        'wall of vitest (ms)': vitest.map(({ wallMs }) => wallMs),
        'peak memory of the suite (MB)': suite.flatMap(({ peakMb }) => peakMb ?? []),
      },
    },
  ];
}

function row(name: string, measured: readonly Measured[]): string[] {
  const shown = (value: number | undefined) => (value === undefined ? 'not known' : shownNumber(value));
  return [
    name,
    shown(median(measured.map(({ wallMs }) => wallMs))),
    shown(knownMedian(measured.map(({ cpuMs }) => cpuMs))),
    shown(knownMedian(measured.map(({ peakMb }) => peakMb))),
  ];
}
