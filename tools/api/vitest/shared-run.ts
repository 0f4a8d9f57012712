import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { servedAt } from '../run-options.ts';
import type { ServedApp } from '../serve-app.ts';
import type { RunNews, RunOrder, ReportedCase, ReportedEnd } from './messages.ts';
import type { TestPlan } from './test-plan.ts';
import { type Selection, testKey } from './selection.ts';

/** How much of what the process of a run says of its own death is kept, in characters. */
const lastWordsKept = 4_000;

/** What is awaited of a case. */
interface Awaited {
  readonly reported: Promise<ReportedCase>;
  resolve(reported: ReportedCase): void;
}

function awaited(): Awaited {
  let resolve: Awaited['resolve'] = () => undefined;
  const reported = new Promise<ReportedCase>((resolved) => {
    resolve = resolved;
  });
  return { reported, resolve };
}

/** A run that tests share: the first of them begins it, each waits for its own case. */
export class SharedRun {
  readonly #plan: TestPlan;
  readonly #cases = new Map<string, Awaited>();
  #child: ChildProcess | undefined;
  #ended: Promise<readonly ReportedEnd[]> | undefined;
  #isStopped = false;
  #selection: Selection = new Map();

  constructor(plan: TestPlan) {
    this.#plan = plan;
  }

  /** Whether any test has begun it. */
  get isBegun(): boolean {
    return this.#ended !== undefined;
  }

  /** How many tests of a target were going to run when it began. */
  testsOf(target: string): number {
    return this.#selection.get(target)?.size ?? 0;
  }

  /** Whether it was told to end early. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Begins the run with the cases of the tests that are going to run. Only the first time counts. */
  begin(selection: Selection): void {
    if (this.#ended !== undefined) return;
    this.#selection = selection;
    this.#ended = this.#run(selection);
    // Rejects what every waiting test and the end of the run wait for.
    this.#ended.catch(() => undefined);
  }

  /**
   * What becomes of a case, however late it is asked for.
   * @throws Error when there is no run, or none any more
   */
  caseOf(target: string, id: string): Promise<ReportedCase> {
    const tooLate = this.ended().then((): never => {
      throw new Error(`the run on ${target} has ended without the case ${id}`);
    });
    return Promise.race([this.#case(target, id).reported, tooLate]);
  }

  /** Ends the run early: calls are deleted, and what has not ended could not run. */
  stop(): void {
    this.#isStopped = true;
    this.#order({ stop: true });
  }

  /** Waits until the run has ended, its calls are deleted and its reports written. */
  async ended(): Promise<readonly ReportedEnd[]> {
    return (await this.#ended) ?? [];
  }

  #case(target: string, id: string): Awaited {
    const key = `${target}\n${id}`;
    const there = this.#cases.get(key) ?? awaited();
    this.#cases.set(key, there);
    return there;
  }

  #order(order: RunOrder): void {
    if (this.#child?.connected === true) this.#child.send(order, () => undefined);
  }

  async #run(selection: Selection): Promise<readonly ReportedEnd[]> {
    let served: ServedApp | undefined;
    try {
      const cases = await this.#plan.cases();
      const keys = new Set([...selection.values()].flatMap((ofTarget) => [...ofTarget]));
      const chosen = cases.filter((planned) => keys.has(testKey(planned.suite, testName(planned))));
      const config = await this.#plan.configFor(new Set(selection.keys()), new Set(chosen.map(({ id }) => id)));
      served = await this.#plan.serve();
      return await this.#runInProcess({
        config: served === undefined ? config : servedAt(config, served.origin),
        hasSeveralTargets: this.#plan.targets.length > 1,
      });
    } finally {
      await served?.close();
    }
  }

  #runInProcess(order: RunOrder): Promise<readonly ReportedEnd[]> {
    const child = fork(fileURLToPath(new URL('./run-process.js', import.meta.url)), {
      env: process.env,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    let lastWords = '';
    child.stderr?.on('data', (words: Buffer) => (lastWords = (lastWords + String(words)).slice(-lastWordsKept)));
    return new Promise((resolve, reject) => {
      let ends: readonly ReportedEnd[] | undefined;
      child.on('message', (news: RunNews) => {
        if ('reported' in news) this.#case(news.reported.target, news.reported.row.id).resolve(news.reported);
        else if ('ends' in news) ({ ends } = news);
        else reject(Object.assign(new Error(news.problem.message), { name: news.problem.name }));
      });
      child.on('error', reject);
      child.on('close', (code, signal) => {
        if (ends !== undefined) resolve(ends);
        else reject(new Error(`the process of the run ended by itself, with ${code ?? signal}: ${lastWords.trim()}`));
      });
      this.#order(order);
      if (this.#isStopped) this.#order({ stop: true });
    });
  }
}

/** The name of the test of a case. */
export function testName({ requirement, title, path }: NamedCase): string {
  return `${requirement} ${title}${path === '/app' ? ' (/app)' : ''}`;
}

interface NamedCase {
  readonly requirement: string;
  readonly title: string;
  readonly path: string;
}
