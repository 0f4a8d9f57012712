import { measure } from '../measured-process.ts';
import type { Ground, Peer, PeerRun } from '../peer.ts';
import { peerFile, peerProgram } from '../peer-files.ts';

/** A workflow written by hand. Step CI writes no report but its output. */
export class StepCi implements Peer {
  readonly name = 'Step CI';
  readonly given = 'a workflow written by hand';
  #words: readonly string[] = [];

  prepare(): void {
    this.#words = peerProgram('stepci/dist/index.js');
  }

  async run({ baseUrl, token, sink, folder }: Ground): Promise<PeerRun> {
    const variables = [`baseUrl=${baseUrl}`, `token=${token}`, `sink=${sink}`];
    const words = ['run', '--verbose', peerFile('mute.stepci.yaml'), '--env', ...variables];
    const measured = await measure([...this.#words, ...words], {
      cwd: folder,
      environment: { ...process.env, STEPCI_DISABLE_ANALYTICS: '1', NO_COLOR: '1', FORCE_COLOR: '0' },
      timeoutMs: 60_000,
    });
    return { processes: [measured], ...readStepCi(measured.stdout) };
  }
}

/** What the output tells: a line for each step, and under it one for each check. */
export function readStepCi(output: string): { readonly checks: number; readonly failures: readonly string[] } {
  const failures = new Set<string>();
  let checks = 0;
  let step = '';
  for (const [, mark = '', what = ''] of output.matchAll(/^([✔✕⚠])\ufe0e? (.+)$/gmu)) {
    if (what.includes(' › ')) {
      step = what.trim();
      if (mark !== '✔') failures.add(step);
    } else {
      checks += 1;
      if (mark === '✕') failures.add(`${step}: ${what.trim()}`);
    }
  }
  return { checks, failures: [...failures] };
}
