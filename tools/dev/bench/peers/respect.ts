import { copyFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { specification } from '../../../engine/catalogue/package-root.ts';
import { measure } from '../measured-process.ts';
import { type Ground, type Peer, type PeerRun, Unavailable } from '../peer.ts';
import { peerFile } from '../peer-files.ts';

interface RespectReport {
  readonly files: Readonly<Record<string, { readonly executedWorkflows: readonly Workflow[] }>>;
}

interface Workflow {
  readonly workflowId: string;
  readonly executedSteps: readonly {
    readonly stepId: string;
    readonly checks: readonly { readonly name: string; readonly condition?: string; readonly passed: boolean }[];
  }[];
}

/** Redocly's runner of Arazzo workflows, which judges every answer by the fragment besides. */
export class Respect implements Peer {
  readonly name = 'Redocly Respect';
  readonly given = 'the fragment, an Arazzo workflow';
  #program = '';

  prepare(): void {
    try {
      // The project has it anyway, for the fragment.
      const manifest = createRequire(import.meta.url).resolve('@redocly/cli/package.json');
      this.#program = path.join(path.dirname(manifest), 'bin', 'cli.js');
    } catch {
      throw new Unavailable('@redocly/cli is not installed');
    }
  }

  async run({ baseUrl, token, sink, folder }: Ground): Promise<PeerRun> {
    for (const name of ['mute.arazzo.yaml', 'sink.openapi.yaml']) copyFileSync(peerFile(name), path.join(folder, name));
    copyFileSync(specification('call-mute.openapi.yaml'), path.join(folder, 'call-mute.openapi.yaml'));
    const words = [
      ...['respect', 'mute.arazzo.yaml', '--server', `graph=${baseUrl}`, '--server', `sink=${sink}`],
      ...['--input', `token=${token}`, '--input', `sink=${sink}`, '--json-output', 'report.json'],
    ];
    const measured = await measure([process.execPath, this.#program, ...words], {
      cwd: folder,
      environment: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      timeoutMs: 60_000,
    });
    const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as RespectReport;
    const checks = Object.values(report.files).flatMap((file) => file.executedWorkflows.flatMap(checksOf));
    const failures = checks.filter(({ passed }) => !passed).map(({ name }) => name);
    return { processes: [measured], checks: checks.length, failures };
  }
}

/** A step that is tried again counts as it ended. */
function checksOf({ workflowId, executedSteps }: Workflow): { readonly name: string; readonly passed: boolean }[] {
  const steps = new Map(executedSteps.map((step) => [step.stepId, step]));
  return [...steps.values()].flatMap(({ stepId, checks }) =>
    checks.map(({ name, condition = '', passed }) => ({
      name: `${workflowId}/${stepId}: ${name} ${condition}`,
      passed,
    })),
  );
}
