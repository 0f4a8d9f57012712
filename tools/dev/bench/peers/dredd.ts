import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Description, describedMute, downConverted, writeDescription } from '../described.ts';
import { measure } from '../measured-process.ts';
import type { Ground, Peer, PeerRun } from '../peer.ts';
import { peerFile, peerProgram } from '../peer-files.ts';
import { junitCases } from './junit-cases.ts';

/** Dredd reads OpenAPI 3.0; each documented answer is one transaction, and hooks make the request that earns it. */
export class Dredd implements Peer {
  readonly name = 'Dredd';
  readonly given = 'the fragment as OpenAPI 3.0, hooks';
  readonly #folder: string;
  #words: readonly string[] = [];
  #description: Description | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async prepare(): Promise<void> {
    this.#words = peerProgram('dredd/bin/dredd');
    this.#description = await downConverted(this.#folder);
  }

  async run({ baseUrl, token, groupCall, folder }: Ground): Promise<PeerRun> {
    if (this.#description === undefined) throw new Error('prepare() comes first');
    writeDescription(describedMute(this.#description, baseUrl, groupCall), path.join(folder, 'mute.yaml'));
    const words = [
      ...['mute.yaml', baseUrl, '--header', `Authorization: Bearer ${token}`],
      ...['--hookfiles', peerFile('dredd-hooks.cjs'), '--reporter', 'xunit', '--output', 'report.xml'],
      ...['--no-color', '--loglevel', 'error'],
    ];
    const measured = await measure([...this.#words, ...words], { cwd: folder, timeoutMs: 60_000 });
    const cases = junitCases(readFileSync(path.join(folder, 'report.xml'), 'utf8'));
    const failures = cases.filter(({ failed }) => failed).map(({ name }) => name.replaceAll(groupCall, '{callId}'));
    return { processes: [measured], checks: cases.length, failures };
  }
}
