import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import type { CaseRow } from '../../api/vitest/messages.ts';

/** A test as the JSON reporter of vitest tells of it. */
export interface ReportedTest {
  /** The name of its file in the project. */
  readonly file: string;
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly fullName: string;
  readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo';
  readonly failureMessages: readonly string[];
  readonly meta: { readonly conformance?: CaseRow };
}

export interface EndedVitest {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Standard output and standard error, without colors. */
  readonly output: string;
  /** The tests of the JSON report. @throws Error when there is none */
  tests(): readonly ReportedTest[];
  /** Whether each file of the JSON report passed, by name: one that fails makes vitest fail. @throws as tests */
  files(): ReadonlyMap<string, 'passed' | 'failed'>;
}

/** A vitest that is under way. */
export interface StartedVitest {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<EndedVitest>;
  /** Ends it with all that it has started, so that nothing of it writes any more. It has to be detached. */
  stop(): Promise<void>;
}

/** A Node and a vitest to run projects with. */
export interface VitestInstallation {
  readonly node: string;
  /** vitest.mjs of the package. */
  readonly program: string;
}

/** That of this project. */
export const ownVitest: VitestInstallation = {
  node: process.execPath,
  program: path.join(packageRoot, 'node_modules', 'vitest', 'vitest.mjs'),
};

/** Node loads the package, as it does where that is in node_modules; vitest would transform it otherwise. */
const plainConfig = `export default {
  test: { include: ['*.test.js'], server: { deps: { external: [/\\/dist\\//] } } },
};
`;

/** A folder with tests of a user, who has the package installed. */
export class VitestProject {
  readonly folder: string;
  readonly #installation: VitestInstallation;

  /**
   * @param files by name; a plain vitest.config.js unless there is one among them
   * @param parent the folder to make it in: one from which the package is found by its name
   */
  constructor(
    files: Readonly<Record<string, string>>,
    installation: VitestInstallation = ownVitest,
    parent = path.join(packageRoot, 'reports'),
  ) {
    this.#installation = installation;
    mkdirSync(parent, { recursive: true });
    // Vitest names files by their real path.
    this.folder = realpathSync(mkdtempSync(path.join(parent, '.vitest-')));
    for (const [name, text] of Object.entries({ 'vitest.config.js': plainConfig, ...files })) this.write(name, text);
  }

  write(name: string, text: string): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** The text of a file that a run has written. */
  read(name: string): string {
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  /** @param detached whether it gets a process group of its own, with all that it starts */
  start(words: readonly string[] = [], environment: NodeJS.ProcessEnv = {}, detached = false): StartedVitest {
    const report = path.join(this.folder, 'vitest.json');
    rmSync(report, { force: true });
    const { node, program } = this.#installation;
    const hasReporter = words.some((word) => word.startsWith('--reporter'));
    const reporters = hasReporter ? [] : ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`];
    const child = spawn(node, [program, ...words, ...reporters], {
      cwd: this.folder,
      // Nothing of the vitest that runs this, and nothing of a CI system.
      env: {
        PATH: `${path.dirname(node)}${path.delimiter}${process.env['PATH'] ?? ''}`,
        HOME: process.env['HOME'],
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached,
    });
    // Each for itself: what reporters write to one comes in the middle of a line of the other.
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
    }
    const output = () => `${said.stdout}\n${said.stderr}`.replaceAll(/\u001b\[[0-9;]*m/g, '');
    const ended = new Promise<EndedVitest>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode, signal) => {
        // The next run writes it anew.
        const written = existsSync(report) ? readFileSync(report, 'utf8') : undefined;
        const files = () => filesIn(this.folder, written, output());
        resolve({
          exitCode,
          signal,
          output: output(),
          tests: () => files().flatMap(({ name, tests }) => tests.map((test) => ({ file: name, ...test }))),
          files: () => new Map(files().map(({ name, status }) => [name, status])),
        });
      });
    });
    const stop = async () => {
      const { pid } = child;
      if (!detached || pid === undefined) throw new Error('only a vitest that is detached has a group to end');
      process.kill(-pid, 'SIGKILL');
      await ended;
    };
    return { process: child, output, ended, stop };
  }

  /** `vitest run` with some options, to its end. */
  run(words: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Promise<EndedVitest> {
    return this.start(['run', ...words], environment).ended;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

interface ReportedFile {
  readonly name: string;
  readonly status: 'passed' | 'failed';
  readonly tests: readonly Omit<ReportedTest, 'file'>[];
}

function filesIn(folder: string, report: string | undefined, output: string): ReportedFile[] {
  if (report === undefined) throw new Error(`vitest has written no report, and said: ${output}`);
  const { testResults } = JSON.parse(report) as {
    testResults: { name: string; status: ReportedFile['status']; assertionResults: ReportedFile['tests'] }[];
  };
  return testResults.map(({ name, status, assertionResults }) => ({
    name: path.relative(folder, name),
    status,
    tests: assertionResults,
  }));
}
