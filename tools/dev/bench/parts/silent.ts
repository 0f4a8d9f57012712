import path from 'node:path';
import type { Deviation } from '../../../emulator/deviation.ts';
import { startEmulatorServer } from '../../../emulator/start.ts';
import type { Bench } from '../part.ts';
import { shownNumber } from '../render-markdown.ts';
import type { Section } from '../report.ts';
import { median } from '../statistics.ts';
import { suiteRun } from '../suite-command.ts';
import { fullTarget } from '../target-file.ts';

const silent: Deviation = {
  id: 'silent',
  summary: 'Never notifies',
  hooks: () => ({ notification: () => [] }),
};

/** The usual notification timeout of the suite, in milliseconds. */
const timeoutMs = 5_000;

/** A target that never notifies: every case that waits, waits in vain, but all at once. */
export async function benchSilence({ runs, folder, say }: Bench): Promise<Section[]> {
  const point = async (deviation: Deviation | undefined, words: readonly string[]): Promise<number[]> => {
    const walls: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const emulator = await startEmulatorServer({ acceptAnyToken: true, ...(deviation && { deviation }) });
      try {
        const target = fullTarget('silent', emulator.origin, folder);
        const { measured } = await suiteRun(['--target', target, ...words], path.join(folder, 'silent'));
        walls.push(measured.wallMs);
      } finally {
        await emulator.close();
      }
    }
    return walls;
  };
  say('talking …\n');
  const talking = await point(undefined, []);
  say('silent …\n');
  const once = await point(silent, []);
  say('silent, three times the cases …\n');
  const talkingThrice = await point(undefined, ['--repeat', '3']);
  const thrice = await point(silent, ['--repeat', '3']);
  const added = (more: readonly number[], less: readonly number[]) => (median(more) - median(less)) / timeoutMs;
  const row = (name: string, walls: readonly number[]) => [name, shownNumber(median(walls) / 1000)];
  return [
    {
      part: 'silent',
      title: 'A target that never notifies',
      limits: [
        {
          what: 'what silence adds to a run, in notification timeouts',
          measured: added(once, talking),
          limit: 2,
          unit: '×',
        },
        {
          what: 'what it adds with each case three times',
          measured: added(thrice, talkingThrice),
          limit: 2,
          unit: '×',
        },
      ],
      tables: [
        {
          head: ['target', 'wall, s'],
          rows: [
            row('notifies', talking),
            row('never notifies', once),
            row('notifies, each case three times', talkingThrice),
            row('never notifies, each case three times', thrice),
          ],
        },
      ],
      notes: [`The notification timeout is ${timeoutMs / 1000} s.`],
      samples: { 'notifies (ms)': talking, 'silent (ms)': once, 'silent, three times (ms)': thrice },
    },
  ];
}
