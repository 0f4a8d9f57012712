import path from 'node:path';
import type { Bench } from '../part.ts';
import { startFarEmulator } from '../far-emulator.ts';
import { shownNumber } from '../render-markdown.ts';
import type { Section } from '../report.ts';
import { suiteRun } from '../suite-command.ts';
import { fullTarget } from '../target-file.ts';

const shardCounts = [1, 2, 4, 8];

interface Shard {
  readonly wallMs: number;
  readonly requests: number;
}

/** What shards take on machines of their own: one after another here, so that they do not share a processor. */
export async function benchShards({ folder, say }: Bench): Promise<Section[]> {
  const emulator = await startFarEmulator();
  try {
    const target = fullTarget('far', emulator.origin, folder);
    const rows: string[][] = [];
    const samples: Record<string, number[]> = {};
    for (const count of shardCounts) {
      const shards: Shard[] = [];
      for (let index = 1; index <= count; index += 1) {
        say(`shard ${index}/${count} …\n`);
        const part = count === 1 ? [] : ['--shard', `${index}/${count}`];
        const words = ['--target', target, ...part, '--formats', 'md'];
        const { measured, results } = await suiteRun(words, path.join(folder, 'shards'));
        shards.push({ wallMs: measured.wallMs, requests: results.run.traffic?.requests ?? 0 });
      }
      samples[`wall of each of ${count} (ms)`] = shards.map(({ wallMs }) => wallMs);
      rows.push(row(shards));
    }
    const head = ['shards', 'slowest, s', 'all together, s', 'requests of the largest', 'requests of all'];
    const notes = ['The target is that of the part before: far away. Each run was taken once.'];
    return [{ part: 'shards', title: 'Shards', limits: [], tables: [{ head, rows }], notes, samples }];
  } finally {
    await emulator.close();
  }
}

function row(shards: readonly Shard[]): string[] {
  const walls = shards.map(({ wallMs }) => wallMs / 1000);
  const requests = shards.map((shard) => shard.requests);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return [
    String(shards.length),
    shownNumber(Math.max(...walls)),
    shownNumber(sum(walls)),
    String(Math.max(...requests)),
    String(sum(requests)),
  ];
}
