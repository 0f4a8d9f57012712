import path from 'node:path';
import type { Bench } from '../part.ts';
import { farDelays as delays, startFarEmulator } from '../far-emulator.ts';
import { type IdealSchedule, idealSchedule, timelines } from '../ideal-schedule.ts';
import { shownNumber } from '../render-markdown.ts';
import type { Section } from '../report.ts';
import { median } from '../statistics.ts';
import { suiteCommand, suiteRun } from '../suite-command.ts';
import { fullTarget } from '../target-file.ts';

const concurrency = 16;

/** A target that is far away: what the schedule of the suite adds to what the target takes. */
export async function benchLatency({ runs, folder, say }: Bench): Promise<Section[]> {
  const walls: number[] = [];
  const startUps: number[] = [];
  const ideals: IdealSchedule[] = [];
  for (let run = 0; run < runs; run += 1) {
    say('far away …\n');
    const emulator = await startFarEmulator();
    try {
      const words = ['--target', fullTarget('far', emulator.origin, folder), '--concurrency', String(concurrency)];
      const { measured, results } = await suiteRun([...words, '--transcripts', 'all'], path.join(folder, 'latency'));
      walls.push(measured.wallMs);
      ideals.push(idealSchedule(timelines(results), results.run.traffic?.requests ?? 0, concurrency, delays));
      startUps.push(await startUpMs(folder));
    } finally {
      await emulator.close();
    }
  }
  const wall = median(walls);
  const startUp = median(startUps);
  const ideal = median(ideals.map(({ idealMs }) => idealMs));
  const [first] = ideals;
  return [
    {
      part: 'latency',
      title: 'A target that is far away',
      limits: [
        {
          what: 'the run without its start-up, in ideal schedules',
          measured: (wall - startUp) / ideal,
          limit: 1.3,
          unit: '×',
        },
      ],
      tables: [
        {
          head: ['', 's'],
          rows: [
            ['wall', shownNumber(wall / 1000)],
            ['start-up', shownNumber(startUp / 1000)],
            ['exchanges × latency / concurrency', shownNumber(median(ideals.map(({ trafficMs }) => trafficMs)) / 1000)],
            ['longest chain', shownNumber(median(ideals.map(({ chainMs }) => chainMs)) / 1000)],
            ['ideal schedule', shownNumber(ideal / 1000)],
          ],
        },
      ],
      notes: [
        `Answers take ${delays.replyMs} ms, rosters ${delays.rosterMs} ms; silence is believed after ${delays.quietMs} ms; ${concurrency} requests at once.`,
        `The longest chain is that of ${first?.longest ?? 'no case'}.`,
        'Start-up is a run of next to nothing against the embedded emulator.',
      ],
      samples: {
        'wall (ms)': walls,
        'start-up (ms)': startUps,
        'ideal schedule (ms)': ideals.map(({ idealMs }) => idealMs),
      },
    },
  ];
}

/** A run with next to nothing in it. */
async function startUpMs(folder: string): Promise<number> {
  const words = ['run', '--quiet', '--requirement', 'auth.missing', '--report-dir', path.join(folder, 'start-up')];
  return (await suiteCommand(words)).wallMs;
}
