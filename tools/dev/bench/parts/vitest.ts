import path from 'node:path';
import { packageRoot } from '../../../engine/catalogue/package-root.ts';
import { emptyTest, vitest } from '../empty-test.ts';
import { measure, type Measured } from '../measured-process.ts';
import type { Bench } from '../part.ts';
import { shownNumber } from '../render-markdown.ts';
import type { Section } from '../report.ts';
import { median } from '../statistics.ts';
import { ownEnvironment, suiteRun } from '../suite-command.ts';

/** The suites as tests of vitest (`npm run conform:vitest`), beside the command line and vitest's own start. */
export async function benchVitestEntry({ runs, folder }: Bench): Promise<Section[]> {
  const empty = emptyTest(folder);
  const entry: Measured[] = [];
  const commandLine: Measured[] = [];
  const start: Measured[] = [];
  try {
    // Alternating, so that a machine that slows down slows all of them.
    for (let run = 0; run < runs; run += 1) {
      commandLine.push((await suiteRun([], path.join(folder, 'vitest'))).measured);
      entry.push(await conformanceInVitest());
      start.push(await empty.run());
    }
  } finally {
    empty.remove();
  }
  const wallOf = (measured: readonly Measured[]) => median(measured.map(({ wallMs }) => wallMs));
  return [
    {
      part: 'vitest',
      title: 'The suites as tests of vitest',
      limits: [
        {
          what: "full run in vitest, less vitest's own start, in full runs of the command line",
          measured: (wallOf(entry) - wallOf(start)) / wallOf(commandLine),
          limit: 1.3,
          unit: '×',
        },
      ],
      tables: [
        {
          head: ['process', 'wall, ms'],
          rows: [
            ['vitest with all cases', shownNumber(wallOf(entry))],
            ['the command line', shownNumber(wallOf(commandLine))],
            ['vitest, one empty test', shownNumber(wallOf(start))],
          ],
        },
      ],
      notes: [],
      samples: {
        'wall of vitest with all cases (ms)': entry.map(({ wallMs }) => wallMs),
        'wall of the command line (ms)': commandLine.map(({ wallMs }) => wallMs),
        'wall of vitest (ms)': start.map(({ wallMs }) => wallMs),
      },
    },
  ];
}

/** @throws Error when a test fails */
async function conformanceInVitest(): Promise<Measured> {
  const configuration = path.join(packageRoot, 'tools', 'dev', 'conform', 'vitest.config.ts');
  const measured = await measure([process.execPath, vitest, 'run', '-c', configuration], {
    cwd: packageRoot,
    environment: ownEnvironment(),
  });
  if (measured.exitCode !== 0) throw new Error(`the suites failed in vitest: ${measured.stdout}${measured.stderr}`);
  return measured;
}
