import path from 'node:path';
import { startMirrorSink } from '../mirror-sink.ts';
import type { Bench } from '../part.ts';
import { findHurl } from '../find-hurl.ts';
import { measure } from '../measured-process.ts';
import { Unavailable } from '../peer.ts';
import { peerFile } from '../peer-files.ts';
import { hurlVariables } from '../peers/hurl.ts';
import { shownNumber } from '../render-markdown.ts';
import type { Limit, Section } from '../report.ts';
import { type Serving, serveEmulator } from '../serving.ts';
import { median, type Point, slope } from '../statistics.ts';
import { suiteRun } from '../suite-command.ts';
import { fullTarget } from '../target-file.ts';

/** Requests in a round of the Hurl file. */
const requestsPerRound = 4;

/** Takes one sample of what a request more costs, in milliseconds of wall time. */
type Sample = () => Promise<number>;

/** What one request more costs, so that start-up does not count: the suite beside Hurl, on the same emulator. */
export async function benchMarginalCost({ runs, folder, say }: Bench): Promise<Section[]> {
  const emulator = await serveEmulator();
  const sink = await startMirrorSink();
  const notes: string[] = [];
  try {
    const tools: Record<string, Sample> = {
      'the suite': suiteSample(emulator, folder),
      'the suite, embedded emulator': async () => slope(...(await twoRuns([], folder))),
    };
    try {
      const program = findHurl(path.join(folder, 'hurl'), process.env);
      tools[inSequence] = hurlSample(program, 1, emulator, sink.origin);
      tools[eightJobs] = hurlSample(program, 8, emulator, sink.origin);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      notes.push(`Hurl was not had: ${error.message}`);
    }
    const samples: Record<string, number[]> = Object.fromEntries(Object.keys(tools).map((name) => [name, []]));
    for (let run = 0; run < runs; run += 1) {
      for (const [name, sample] of Object.entries(tools)) {
        say(`${name} …\n`);
        samples[name]?.push(await sample());
      }
    }
    return [section(samples, notes)];
  } finally {
    await Promise.all([emulator.close(), sink.close()]);
  }
}

const inSequence = 'Hurl, in sequence';
const eightJobs = 'Hurl, 8 jobs';

function section(samples: Readonly<Record<string, number[]>>, notes: readonly string[]): Section {
  const cost = Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, median(values)]));
  const own = cost['the suite'] ?? 0;
  const ratio = (name: string) => (cost[name] === undefined ? undefined : own / cost[name]);
  const bound = ratio(inSequence);
  const limits: Limit[] =
    bound === undefined
      ? []
      : [{ what: 'a request of the suite, in requests of Hurl in sequence', measured: bound, limit: 1, unit: '×' }];
  const rows = Object.entries(cost).map(([name, value]) => [name, shownNumber(value), shownNumber(own / value)]);
  return {
    part: 'marginal',
    title: 'One request more',
    limits,
    tables: [{ head: ['tool', 'ms a request', 'the suite in these'], rows }],
    notes: [
      ...notes,
      'The slope between `--repeat 1` and `--repeat 5`, by requests sent; that of Hurl between 50 and 550 rounds of create, wait, mute, delete.',
    ],
    samples: Object.fromEntries(Object.entries(samples).map(([name, values]) => [`${name} (ms a request)`, values])),
  };
}

function suiteSample(emulator: Serving, folder: string): Sample {
  const target = fullTarget('marginal', emulator.origin, folder);
  return async () => slope(...(await twoRuns(['--target', target], folder)));
}

/** The suite once and with every case five times. */
async function twoRuns(words: readonly string[], folder: string): Promise<[Point, Point]> {
  const point = async (repeat: number): Promise<Point> => {
    const { measured, results } = await suiteRun(
      [...words, '--repeat', String(repeat), '--formats', 'md'],
      path.join(folder, 'marginal'),
    );
    return { amount: results.run.traffic?.requests ?? 0, cost: measured.wallMs };
  };
  return [await point(1), await point(5)];
}

function hurlSample(program: string, jobs: number, emulator: Serving, sink: string): Sample {
  const variables = hurlVariables({ base_url: `${emulator.origin}/beta`, token: 'any', sink: `${sink}/marginal` });
  const point = async (rounds: number): Promise<Point> => {
    const words = ['--test', '--jobs', String(jobs), '--repeat', String(rounds), ...variables];
    const { wallMs, exitCode, stderr } = await measure([program, ...words, peerFile('marginal.hurl')]);
    if (exitCode !== 0) throw new Error(`Hurl ended with ${exitCode}: ${stderr.slice(0, 2000)}`);
    return { amount: rounds * requestsPerRound, cost: wallMs };
  };
  return async () => slope(await point(50), await point(550));
}
