import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Description, describedMute, downConverted, writeDescription } from '../described.ts';
import { measure } from '../measured-process.ts';
import type { Ground, Peer, PeerRun } from '../peer.ts';
import { filledPeerFile, peerProgram } from '../peer-files.ts';

interface NewmanReport {
  readonly run: {
    readonly stats: { readonly assertions: { readonly total: number } };
    readonly failures: readonly {
      readonly source?: { readonly name?: string };
      readonly error: { readonly test?: string; readonly name: string };
    }[];
  };
}

/** Portman makes a Postman collection of the description, with tests; Newman runs it. */
export class Portman implements Peer {
  readonly name = 'Portman, Newman';
  readonly given = 'the fragment as OpenAPI 3.0, variations';
  readonly #folder: string;
  #portman: readonly string[] = [];
  #newman: readonly string[] = [];
  #description: Description | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async prepare(): Promise<void> {
    // It needs a newer tslib than others here bring along and does not say so: package.json does.
    this.#portman = peerProgram('@apideck/portman/bin/portman');
    this.#newman = peerProgram('newman/bin/newman.js');
    this.#description = await downConverted(this.#folder);
  }

  async run({ baseUrl, token, groupCall, peerToPeerCall, folder }: Ground): Promise<PeerRun> {
    if (this.#description === undefined) throw new Error('prepare() comes first');
    writeDescription(describedMute(this.#description, baseUrl, groupCall), path.join(folder, 'mute.json'));
    writeFileSync(
      path.join(folder, 'portman-config.json'),
      filledPeerFile('portman-config.json', { token, peerToPeerCall }),
    );
    const options = { cwd: folder, timeoutMs: 60_000 };
    const making = ['-l', 'mute.json', '-b', baseUrl, '-c', 'portman-config.json', '-o', 'collection.json'];
    const made = await measure([...this.#portman, ...making], options);
    const running = ['run', 'collection.json', '--reporters', 'json', '--reporter-json-export', 'report.json'];
    const ran = await measure([...this.#newman, ...running], options);
    const { run } = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as NewmanReport;
    const failures = run.failures.map(({ source, error }) => `${source?.name ?? ''}: ${error.test ?? error.name}`);
    return { processes: [made, ran], checks: run.stats.assertions.total, failures };
  }
}
