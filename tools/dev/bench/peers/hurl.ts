import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findHurl } from '../find-hurl.ts';
import { measure } from '../measured-process.ts';
import type { Ground, Peer, PeerRun } from '../peer.ts';
import { peerFile } from '../peer-files.ts';

interface HurlReport {
  readonly entries: readonly {
    readonly index: number;
    readonly asserts: readonly { readonly line: number; readonly success: boolean }[];
  }[];
}

/** The words of Hurl for its variables. */
export function hurlVariables(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
}

/** A Hurl file written by hand; it looks into the callback by asking the sink. */
export class Hurl implements Peer {
  readonly name = 'Hurl';
  readonly given = 'a file written by hand';
  readonly #folder: string;
  #program = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  prepare(): void {
    this.#program = findHurl(this.#folder, process.env);
  }

  async run({ baseUrl, token, sink, folder }: Ground): Promise<PeerRun> {
    const report = path.join(folder, 'report');
    const variables = hurlVariables({ base_url: baseUrl, token, sink });
    const words = ['--test', '--continue-on-error', '--report-json', report, ...variables, peerFile('mute.hurl')];
    const measured = await measure([this.#program, ...words], { timeoutMs: 60_000 });
    const reports = JSON.parse(readFileSync(path.join(report, 'report.json'), 'utf8')) as HurlReport[];
    const asserts = reports.flatMap(({ entries }) => lastTries(entries)).flatMap((entry) => entry.asserts);
    const failed = asserts.filter(({ success }) => !success).map(({ line }) => `line ${line}`);
    // Where an entry cannot even be sent, for want of a capture, there is no assertion that fails.
    const failures = failed.length === 0 && measured.exitCode !== 0 ? ['not run to its end'] : failed;
    return { processes: [measured], checks: asserts.length, failures };
  }
}

/** Each entry once: one that is tried again is reported each time. */
function lastTries(entries: HurlReport['entries']): HurlReport['entries'] {
  return [...new Map(entries.map((entry) => [entry.index, entry])).values()];
}
