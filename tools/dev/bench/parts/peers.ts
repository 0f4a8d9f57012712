import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { findFault, findVariant } from '../../../emulator/find-deviation.ts';
import { startMirrorSink } from '../mirror-sink.ts';
import type { Bench } from '../part.ts';
import { newFailures, onEmulator } from '../judged-peer.ts';
import { type Peer, type PeerRun, Unavailable } from '../peer.ts';
import { installPeers } from '../peer-files.ts';
import { Dredd } from '../peers/dredd.ts';
import { Hurl } from '../peers/hurl.ts';
import { Portman } from '../peers/portman.ts';
import { Respect } from '../peers/respect.ts';
import { Specmatic } from '../peers/specmatic.ts';
import { StepCi } from '../peers/stepci.ts';
import { runThisSuite, thisSuite } from '../peers/this-suite.ts';
import { shownNumber } from '../render-markdown.ts';
import type { Section } from '../report.ts';
import { knownMedian, median } from '../statistics.ts';

/** One defect of each sort: of status, refusals, body, headers, callbacks, state, and of calls at once. */
export const chosenFaults = [
  'status-201',
  'unknown-call-accepted',
  'missing-token-accepted',
  'malformed-body-accepted',
  'client-context-dropped',
  'operation-id-missing',
  'operation-status-misspelt',
  'location-missing',
  'location-other-operation',
  'peer-to-peer-accepted',
  'roster-missing',
  'client-context-of-latest-mute',
];

/** Legal differences of the same sorts. */
export const chosenVariants = [
  'operation-asynchronous',
  'operation-status-null',
  'body-422',
  'content-type-400',
  'ids-opaque',
  'enums-in-pascal-case',
  'types-without-hash',
  'members-unknown',
  'result-info-null',
  'content-type-with-parameters',
  'replies-gzip',
  'roster-delta',
];

type Found = PeerRun & { readonly exchanges: number };

interface Judged {
  readonly healthy: readonly Found[];
  readonly noticed: readonly string[];
  readonly refused: readonly string[];
}

/** How a peer, or the suite, does with one fault or variant, or none. */
type Attempt = (kind?: 'fault' | 'variant', id?: string) => Promise<Found>;

async function judge(attempt: Attempt, runs: number): Promise<Judged> {
  const healthy: Found[] = [];
  for (let run = 0; run < runs; run += 1) healthy.push(await attempt());
  // What failed once at the emulator as it is says nothing about a deviation.
  const usual = healthy.flatMap(({ failures }) => failures);
  const telling = async (kind: 'fault' | 'variant', ids: readonly string[]) => {
    const told: string[] = [];
    for (const id of ids) {
      const { failures } = await attempt(kind, id);
      if (newFailures(usual, failures).length > 0) told.push(id);
    }
    return told;
  };
  return { healthy, noticed: await telling('fault', chosenFaults), refused: await telling('variant', chosenVariants) };
}

/** The peers side by side, each on what it can express. */
export async function benchPeers({ runs, folder, say }: Bench): Promise<Section[]> {
  const missing = installPeers({ write: say });
  const home = path.join(folder, 'peers');
  const peers: Peer[] = [
    new Hurl(path.join(folder, 'hurl')),
    new Respect(),
    new StepCi(),
    new Dredd(home),
    new Portman(home),
    new Specmatic(home),
  ];
  const samples: Record<string, number[]> = {};
  const rows: string[][] = [];
  const notes = missing === undefined ? [] : [missing];
  mkdirSync(home, { recursive: true });
  const sink = await startMirrorSink();
  const enter = ({ name, given }: Pick<Peer, 'name' | 'given'>, judged: Judged) => {
    samples[`wall of ${name} (ms)`] = judged.healthy.map(wallMs);
    rows.push(row(name, given, judged));
    notes.push(...inWords(name, judged));
  };
  try {
    say(`${thisSuite.name} …\n`);
    enter(
      thisSuite,
      await judge((kind, id) => runThisSuite(kind && id ? [`--${kind}`, id] : [], path.join(home, 'suite')), runs),
    );
    for (const peer of peers) {
      say(`${peer.name} …\n`);
      try {
        await peer.prepare();
        const attempt: Attempt = (kind, id = '') => {
          const deviation = kind && (kind === 'fault' ? findFault(id) : findVariant(id));
          return onEmulator((ground) => peer.run(ground), deviation, sink, home);
        };
        enter(peer, await judge(attempt, runs));
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        rows.push([peer.name, `not had: ${error.message}`, ...Array.from({ length: head.length - 2 }, () => '–')]);
      }
    }
  } finally {
    await sink.close();
  }
  return [{ part: 'peers', title: 'Peers', limits: [], tables: [{ head, rows }], notes, samples }];
}

const head = [
  'tool',
  'given',
  'wall, ms',
  'peak memory, MB',
  'exchanges',
  'checks',
  'false alarms',
  `faults noticed, of ${chosenFaults.length}`,
  `variants refused, of ${chosenVariants.length}`,
];

function wallMs({ processes }: Found): number {
  return processes.reduce((sum, process) => sum + process.wallMs, 0);
}

function peakMb({ processes }: Found): number | undefined {
  const known = processes.flatMap((process) => process.peakMb ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}

function row(name: string, given: string, { healthy, noticed, refused }: Judged): string[] {
  const of = (figure: (found: Found) => number) => shownNumber(median(healthy.map(figure)));
  const peak = knownMedian(healthy.map(peakMb));
  return [
    name,
    given,
    of(wallMs),
    peak === undefined ? 'not known' : shownNumber(peak),
    String(median(healthy.map(({ exchanges }) => exchanges))),
    String(median(healthy.map(({ checks }) => checks))),
    String(new Set(healthy.flatMap(({ failures }) => failures)).size),
    String(noticed.length),
    String(refused.length),
  ];
}

function inWords(name: string, { healthy, noticed, refused }: Judged): string[] {
  const alarms = [...new Set(healthy.flatMap(({ failures }) => failures))];
  const missed = chosenFaults.filter((id) => !noticed.includes(id));
  return [
    ...(missed.length === 0 ? [] : [`${name} does not notice ${missed.join(', ')}.`]),
    ...(refused.length === 0 ? [] : [`${name} refuses ${refused.join(', ')}.`]),
    ...(alarms.length === 0 ? [] : [`${name} fails the emulator as it is: ${alarms.slice(0, 5).join('; ')}.`]),
  ];
}
