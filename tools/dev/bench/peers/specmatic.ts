import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Description, describedMute, downConverted, writeDescription } from '../described.ts';
import { measure } from '../measured-process.ts';
import { type Ground, type Peer, type PeerRun, Unavailable } from '../peer.ts';
import { peerFile, peerProgram } from '../peer-files.ts';
import { junitCases } from './junit-cases.ts';

/** Specmatic makes requests from the schemas, right ones and wrong ones, beside those of examples. */
export class Specmatic implements Peer {
  readonly name = 'Specmatic';
  readonly given = 'the fragment as OpenAPI 3.0, an example';
  readonly #folder: string;
  #words: readonly string[] = [];
  #description: Description | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async prepare(): Promise<void> {
    if (spawnSync('java', ['-version'], { stdio: 'ignore' }).status !== 0) throw new Unavailable('it needs Java');
    this.#words = peerProgram('specmatic/specmatic.jar');
    this.#description = withExample(await downConverted(this.#folder));
  }

  async run({ baseUrl, token, groupCall, folder }: Ground): Promise<PeerRun> {
    if (this.#description === undefined) throw new Error('prepare() comes first');
    const description = describedMute(this.#description, baseUrl, groupCall);
    const { callId } = description.components.parameters;
    if (callId) {
      delete callId.example;
      callId.examples = { [exampleName]: { value: groupCall } };
    }
    writeDescription(description, path.join(folder, 'mute.yaml'));
    const examples = peerFile('specmatic-examples');
    const words = ['test', 'mute.yaml', `--testBaseURL=${baseUrl}`, `--examples=${examples}`, '--junitReportDir=junit'];
    const measured = await measure([...this.#words, ...words], {
      cwd: folder,
      // The token is the variable that has the name of the security scheme.
      environment: { ...process.env, SPECMATIC_GENERATIVE_TESTS: 'true', bearer: token },
      timeoutMs: 120_000,
    });
    const reports = path.join(folder, 'junit');
    const cases = readdirSync(reports).flatMap((name) => junitCases(readFileSync(path.join(reports, name), 'utf8')));
    const failures = cases.filter(({ failed }) => failed).map(({ name }) => name);
    return { processes: [measured], checks: cases.length, failures };
  }
}

const exampleName = 'muted';

/** Takes a request for the one that belongs to an answer when both examples have the same name. */
function withExample(description: Description): Description {
  const request = description.components.requestBodies['mute']?.content['application/json'];
  const answer = description.components.responses['muted']?.content['application/json'];
  const [asked] = Object.values(request?.examples ?? {});
  const [answered] = Object.values(answer?.examples ?? {});
  if (!request || !answer || asked === undefined || answered === undefined) {
    throw new Error('the fragment has no examples of mute any more');
  }
  request.examples = { [exampleName]: asked };
  answer.examples = { [exampleName]: answered };
  return description;
}
