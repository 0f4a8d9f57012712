import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packageVersion } from '../../engine/catalogue/package-root.ts';
import { writeFileAtomically } from '../../engine/results/write-file.ts';
import { benchCommands } from './parts/commands.ts';
import { benchGrowth } from './parts/growth.ts';
import { benchLatency } from './parts/latency.ts';
import { benchMarginalCost } from './parts/marginal.ts';
import { benchPeers } from './parts/peers.ts';
import { benchReplay } from './parts/replay.ts';
import { benchRun } from './parts/run.ts';
import { benchShards } from './parts/shards.ts';
import { benchSilence } from './parts/silent.ts';
import { benchVitestEntry } from './parts/vitest.ts';
import type { Bench } from './part.ts';
import { renderBenchMarkdown } from './render-markdown.ts';
import { type BenchReport, isMet, type PartName, partNames, partsWithOtherTools, type Section } from './report.ts';

const parts: Readonly<Record<PartName, (bench: Bench) => Promise<Section[]>>> = {
  run: benchRun,
  vitest: benchVitestEntry,
  replay: benchReplay,
  marginal: benchMarginalCost,
  peers: benchPeers,
  latency: benchLatency,
  shards: benchShards,
  silent: benchSilence,
  growth: benchGrowth,
  commands: benchCommands,
};

export interface BenchOptions {
  readonly only: readonly PartName[];
  readonly runs: number;
  readonly out: string;
  readonly gate: boolean;
}

/**
 * Measures what the options choose, writes bench.json and bench.md, and prints the latter.
 * @returns the exit code: 1 only with a gate and a limit that is missed
 */
export async function bench(
  { only, runs, out, gate }: BenchOptions,
  output: { write(text: string): unknown },
  progress: { write(text: string): unknown },
): Promise<number> {
  const folder = path.join(out, 'work');
  mkdirSync(folder, { recursive: true });
  const startedAt = new Date().toISOString();
  const [loadBefore = 0] = os.loadavg();
  const sections: Section[] = [];
  for (const part of partNames.filter((name) =>
    only.length === 0 ? !partsWithOtherTools.includes(name) : only.includes(name),
  )) {
    progress.write(`== ${part}\n`);
    sections.push(...(await parts[part]({ runs, folder, say: (text) => progress.write(text) })));
  }
  const [loadAfter = 0] = os.loadavg();
  const cores = os.cpus();
  const report: BenchReport = {
    schemaVersion: 1,
    startedAt,
    version: packageVersion(),
    runs,
    machine: {
      node: process.version.slice(1),
      system: `${os.type()} ${os.release()}`,
      processor: cores[0]?.model.trim() ?? 'unknown',
      cores: cores.length,
      memoryMb: Math.round(os.totalmem() / 1e6),
      load: [loadBefore, loadAfter],
    },
    sections,
  };
  const text = renderBenchMarkdown(report);
  writeFileAtomically(path.join(out, 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileAtomically(path.join(out, 'bench.md'), text);
  output.write(text);
  const missed = sections.flatMap(({ limits }) => limits).some((limit) => !isMet(limit));
  return gate && missed ? 1 : 0;
}
