import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Bench } from '../part.ts';
import { shownNumber } from '../render-markdown.ts';
import type { Limit, Section, Table } from '../report.ts';
import { serveEmulator } from '../serving.ts';
import { knownMedian, median, slope } from '../statistics.ts';
import { suiteCommand, suiteRun } from '../suite-command.ts';
import { fullTarget } from '../target-file.ts';
import type { Measured } from '../measured-process.ts';

/** What a run of so much took. */
interface Grown {
  readonly amount: number;
  readonly wallMs: number;
  readonly peakMb: number | undefined;
}

const targetCounts = [1, 10, 50];
const repetitions = [1, 10, 100];

/** Larger runs take long, and vary little. */
function timesFor(amount: number, runs: number): number {
  if (amount === 1) return runs;
  return amount < 50 ? Math.min(runs, 3) : 1;
}

/** How a run grows with the number of its targets, and with the number of its cases. */
export async function benchGrowth({ runs, folder, say }: Bench): Promise<Section[]> {
  const emulator = await serveEmulator();
  const out = path.join(folder, 'growth');
  const files = Array.from({ length: Math.max(...targetCounts) }, (_, index) =>
    fullTarget(`target-${String(index + 1).padStart(2, '0')}`, emulator.origin, folder),
  );
  const grow = async (what: string, amounts: readonly number[], run: (amount: number) => Promise<Measured>) => {
    const grown: Grown[] = [];
    for (const amount of amounts) {
      say(`${amount} × ${what} …\n`);
      const measured: Measured[] = [];
      const times = timesFor(amount, runs);
      for (let time = 0; time < times; time += 1) {
        measured.push(await run(amount));
        // Reports of a hundred repetitions are large.
        rmSync(out, { recursive: true, force: true });
      }
      grown.push({
        amount,
        wallMs: median(measured.map(({ wallMs }) => wallMs)),
        peakMb: knownMedian(measured.map(({ peakMb }) => peakMb)),
      });
    }
    return grown;
  };
  try {
    const targets = await grow('targets', targetCounts, async (count) => {
      const words = ['run', '--quiet', '--seed', '7', '--report-dir', out, '--run-timeout', '60m'];
      const measured = await suiteCommand([...words, '--target', ...files.slice(0, count)]);
      if (measured.exitCode !== 0) say(`ended with ${measured.exitCode}: ${measured.stderr.slice(-500)}\n`);
      return measured;
    });
    const cases = await grow('cases', repetitions, async (repeat) => {
      const [file = ''] = files;
      const words = ['--target', file, '--repeat', String(repeat), '--run-timeout', '60m'];
      const { measured } = await suiteRun(words, out);
      if (measured.exitCode !== 0) say(`ended with ${measured.exitCode}: ${measured.stderr.slice(-500)}\n`);
      return measured;
    });
    return [
      {
        part: 'growth',
        title: 'Growth',
        limits: [...limits('target', targets), ...limits('repetition', cases)],
        tables: [table('targets', 'target', targets), table('repetitions of all cases', 'repetition', cases)],
        notes: [
          `Figures of ten are medians of ${timesFor(10, runs)}, those of fifty and a hundred were taken once.`,
          'One more costs what the slope to the row above says. The limits hold the slope at the end against that at the beginning.',
        ],
        samples: Object.fromEntries([
          ...targets.map(({ amount, wallMs }) => [`wall, ${amount} targets (ms)`, [wallMs]]),
          ...cases.map(({ amount, wallMs }) => [`wall, ${amount} repetitions (ms)`, [wallMs]]),
        ]),
      },
    ];
  } finally {
    await emulator.close();
  }
}

type Figure = (grown: Grown) => number | undefined;

const wall: Figure = ({ wallMs }) => wallMs;
const memory: Figure = ({ peakMb }) => peakMb;

/** What one more costs on the way from each row to the next. */
function steps(grown: readonly Grown[], figure: Figure): (number | undefined)[] {
  return grown.slice(1).map((more, index) => {
    const less = grown[index];
    const [from, to] = [less && figure(less), figure(more)];
    if (less === undefined || from === undefined || to === undefined) return undefined;
    return slope({ amount: less.amount, cost: from }, { amount: more.amount, cost: to });
  });
}

/** Twice as many may take twice as long; what is left is what may not grow. */
const tolerance = 1.3;

function limits(one: string, grown: readonly Grown[]): Limit[] {
  const [first, last] = [steps(grown, wall)[0], steps(grown, wall).at(-1)];
  const memories = steps(grown, memory);
  const memoryFirst = memories[0];
  const memoryLast = memories.at(-1);
  return [
    ...(first === undefined || last === undefined
      ? []
      : [
          {
            what: `wall of one ${one} more, in those at the beginning`,
            measured: last / first,
            limit: tolerance,
            unit: '×',
          },
        ]),
    ...(memoryFirst === undefined || memoryLast === undefined
      ? []
      : [
          {
            what: `memory of one ${one} more, in those at the beginning`,
            measured: memoryLast / memoryFirst,
            limit: tolerance,
            unit: '×',
          },
        ]),
  ];
}

function table(many: string, one: string, grown: readonly Grown[]): Table {
  const walls = [undefined, ...steps(grown, wall)];
  const memories = [undefined, ...steps(grown, memory)];
  const shown = (value: number | undefined, digits = shownNumber) => (value === undefined ? '–' : digits(value));
  return {
    head: [many, 'wall, s', `ms for one ${one} more`, 'peak memory, MB', `MB for one ${one} more`],
    rows: grown.map(({ amount, wallMs, peakMb }, index) => [
      String(amount),
      shownNumber(wallMs / 1000),
      shown(walls[index]),
      shown(peakMb),
      shown(memories[index]),
    ]),
  };
}
