import path from 'node:path';
import { packageRoot } from '../../../engine/catalogue/package-root.ts';
import type { Bench } from '../part.ts';
import type { Limit, Section } from '../report.ts';
import { median } from '../statistics.ts';
import { suiteCommand } from '../suite-command.ts';

const payload = path.join(packageRoot, 'tools/graph/fixtures/documented/mute-response.json');

const commands: readonly (readonly string[])[] = [
  ['list'],
  ['explain', 'location.operation'],
  ['--help'],
  ['check', payload, '--as', 'operation'],
];

/** The commands that need no target: nothing heavy may be loaded for them. */
export async function benchCommands({ runs }: Bench): Promise<Section[]> {
  const limits: Limit[] = [];
  const samples: Record<string, number[]> = {};
  for (const words of commands) {
    const name = words[0] ?? '';
    const walls: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { wallMs, exitCode, stderr } = await suiteCommand(words);
      if (exitCode !== 0) throw new Error(`${name} ended with ${exitCode}: ${stderr}`);
      walls.push(wallMs);
    }
    samples[`wall of ${name} (ms)`] = walls;
    limits.push({ what: name, measured: median(walls), limit: 250, unit: 'ms' });
  }
  return [{ part: 'commands', title: 'Commands without a target', limits, tables: [], notes: [], samples }];
}
