/** The same targets by the command line and as tests of vitest: every case ends alike (docs/vitest.md). */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedTarget } from '../../api/run/embedded-target.ts';
import { rowOf } from '../../api/vitest/case-reporter.ts';
import type { CaseRow } from '../../api/vitest/messages.ts';
import type { Deviation, Fault, Variant } from '../../emulator/deviation.ts';
import { findFault, findVariant } from '../../emulator/find-deviation.ts';
import { type EmulatorServer, startEmulatorServer } from '../../emulator/start.ts';
import type { Results } from '../../engine/results/results.ts';
import { defaultTimeouts, type TargetFile } from '../../engine/target/target.ts';
import { type CliRun, startCli } from './run-cli.ts';
import { type EndedVitest, type ReportedTest, VitestProject } from './vitest-project.ts';

/** Of each kind one, whose defect shows in the same cases whatever comes first; side by side those about the same. */
const faults: Readonly<Record<string, readonly string[]>> = {
  'faults of answers': [
    'status-201',
    'status-202-on-app',
    'location-missing',
    'location-other-call',
    'client-context-cut-at-255',
    'response-without-content-type',
  ],
  'faults of refusals': ['any-token-accepted', 'peer-to-peer-accepted', 'method-put-mutes', 'charset-refused'],
  'faults of status codes': ['unknown-call-500', 'missing-token-500', 'token-in-query-accepted'],
  'faults of bodies': ['error-body-html', 'blank-body-accepted'],
  'faults of notifications': [
    'callback-decoded',
    'callback-without-query',
    'operation-update-updated',
    'mute-mutes-everybody',
    'participants-stale',
  ],
};
/** With each, the suites in which they make a difference; all, where there are none. */
const variants: Readonly<Record<string, { readonly names: readonly string[]; readonly suite: readonly string[] }>> = {
  whole: { names: ['version-1-0', 'app-undeclared'], suite: [] },
  'a muted participant': {
    names: ['roster-delta', 'repeat-409'],
    suite: ['roster-notification', 'roster-deltas', 'state', 'concurrency'],
  },
};

const knownIssues = `issues:
  - { match: 'location.call', kind: failing, reason: the gateway }
  - { match: 'location.present/*', kind: failing, reason: it passes }
  - { match: 'location.resolves', kind: flaky, reason: sometimes }
`;

/** A run, as options of both: the words of the command line, and what a program would write. */
interface Subject {
  readonly name: string;
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** Emulators to start for it, each a target of the run; without any, the options name what is tested. */
  readonly emulators?: readonly (Fault | Variant)[];
}

const closedPort = 'http://127.0.0.1:9/beta';
const asynchronous = ['operation-lifecycle', 'location-header', 'response-shape', 'status-codes'];
const subjects: readonly Subject[] = [
  { name: 'the reference', words: [], options: {} },
  ...Object.entries(faults).map(([name, ids]) => {
    const emulators = ids.map(findFault);
    // What they do not break ends as in the reference, which is run in whole.
    const requirement = [...new Set(emulators.flatMap(({ breaks }) => breaks))];
    return { name, words: ['--requirement', ...requirement], options: { requirement }, emulators };
  }),
  ...Object.entries(variants).map(([name, { names, suite }]) => ({
    name,
    words: suite.flatMap((each) => ['--suite', each]),
    options: suite.length > 0 ? { suite } : {},
    emulators: names.map(findVariant),
  })),
  {
    name: 'a variant',
    words: ['--variant', 'operation-asynchronous', ...asynchronous.flatMap((each) => ['--suite', each])],
    options: { variant: 'operation-asynchronous', suite: asynchronous },
  },
  {
    name: 'known issues',
    words: ['--fault', 'location-other-call', '--known-issues', 'known-issues.yaml', '--suite', 'location-header'],
    options: { fault: 'location-other-call', knownIssues: 'known-issues.yaml', suite: 'location-header' },
  },
  {
    name: 'a strict run',
    words: ['--fault', 'location-relative', '--strict', '--suite', 'location-header'],
    options: { fault: 'location-relative', strict: true, suite: 'location-header' },
  },
  { name: 'nobody there', words: ['--base-url', closedPort], options: { baseUrl: closedPort } },
];

/** What differs from run to run with the same seed: the ids that the emulator gives, its port, and times. */
function withoutChance(text: string | undefined): string | undefined {
  return (
    text
      ?.replaceAll(/[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi, '{guid}')
      .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:{port}')
      .replaceAll(/\d+(\.\d+)? ms\b/g, '{ms}')
      // How often calls that cases share are tried is a matter of who comes first.
      .replaceAll(/, in (\d+) of \d+ (answers|refusals|updates|notifications)/g, ', in $1 of {all} $2')
      // Of mistaken mutes there may be no other, and nothing is said of how many then.
      .replaceAll(/, in \d+ of \d+ mistaken mutes/g, '')
      // Which of many are shown is a matter of the order in which they came.
      .replace(/, for example .*/s, '')
      .replaceAll(/\?call=[\w.-]+/g, '?call={case}')
      // How far a walk gets, and how short a sequence becomes, is a matter of time; what breaks after it is not.
      .replace(/^walked \d+ steps?.*$/s, '{walk}')
      .replace(/^.*: (.*) \(seed \d+, shrunk from \d+ steps to \d+\)$/s, '{steps}: $1')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, '{time}')
  );
}

function compared({ id, verdict, expectation, actual, reason }: CaseRow) {
  return {
    id,
    verdict,
    expectation: withoutChance(expectation),
    actual: withoutChance(actual),
    reason: withoutChance(reason),
  };
}

/** What the test of a case is to be, by its verdict. */
function statusOf({ verdict, level }: CaseRow, strict: boolean): ReportedTest['status'] {
  switch (verdict) {
    case 'passed':
    case 'expected-failure':
      return 'passed';
    case 'warned':
      return strict ? 'failed' : 'passed';
    case 'not-applicable':
      return 'skipped';
    case 'failed':
    case 'unexpected-pass':
      return 'failed';
    default:
      return level === 'may' ? 'skipped' : 'failed';
  }
}

/** What a target file says of an emulator, which is what the embedded one is known to be. */
function targetOf(name: string, emulator: EmulatorServer, deviation: Deviation): TargetFile {
  const callback = { host: '127.0.0.1', port: 0, tls: false };
  const { baseUrl, applicationId, capabilities } = embeddedTarget(
    emulator,
    'beta',
    defaultTimeouts,
    callback,
    deviation,
  );
  const { token, unprivilegedToken, jwksUrl, issuer, audience } = emulator;
  return {
    name,
    baseUrl,
    token,
    unprivilegedToken,
    ...(applicationId !== undefined && { applicationId }),
    capabilities,
    callback: { jwks: jwksUrl, issuer, audience },
  };
}

describe('a run by vitest and one by the command line', { timeout: 120_000 }, () => {
  const emulators: EmulatorServer[] = [];
  let project: VitestProject;
  let tests: readonly ReportedTest[];
  const commands = new Map<Subject, CliRun>();

  /**
   * Starts what a subject needs: for each side its own, because calls of one seed meet in the same meetings.
   * @returns the names of its target files, which the project has then
   */
  async function targetsOf(side: Side, { emulators: deviations = [] }: Subject): Promise<string[]> {
    const files = deviations.map(async (deviation) => {
      const emulator = await startEmulatorServer({ deviation });
      emulators.push(emulator);
      const file = `${side}/${deviation.id}.yaml`;
      // What is JSON is YAML, too.
      project.write(file, JSON.stringify(targetOf(deviation.id, emulator, deviation)));
      return file;
    });
    return Promise.all(files);
  }

  async function startVitest(): Promise<EndedVitest> {
    const lines = ["import { describe } from 'vitest';", "import { conformance } from 'call-mute-conformance/vitest';"];
    for (const subject of subjects) {
      const { name, options } = subject;
      const target = await targetsOf('vitest', subject);
      const given = { ...options, ...(target.length > 0 && { target }), seed: 7, reportDir: folderOf('vitest', name) };
      lines.push(`describe(${JSON.stringify(name)}, () => conformance(${JSON.stringify(given)}));`);
    }
    project.write('all.test.js', lines.join('\n'));
    return project.run();
  }

  async function runCommands(): Promise<void> {
    for (const subject of subjects) {
      const { name, words } = subject;
      const given = (await targetsOf('command', subject)).flatMap((file) => ['--target', file]);
      const all = [...words, ...given, '--seed', '7', '--report-dir', folderOf('command', name), '--quiet'];
      commands.set(subject, await startCli(all, {}, {}, project.folder).ended);
    }
  }

  beforeAll(async () => {
    project = new VitestProject({ 'known-issues.yaml': knownIssues });
    const [ended] = await Promise.all([startVitest(), runCommands()]);
    tests = ended.tests();
  }, 600_000);
  afterAll(async () => {
    project.remove();
    await Promise.all(emulators.map((emulator) => emulator.close()));
  });

  function resultsOf(side: Side, { name }: Subject, target?: string): Results {
    const folder = path.join(folderOf(side, name), target ?? '');
    return JSON.parse(project.read(path.join(folder, 'results.json'))) as Results;
  }

  const targets = subjects.flatMap((subject): TestedTarget[] =>
    subject.emulators === undefined
      ? [{ name: subject.name, subject }]
      : subject.emulators.map((deviation) => ({ name: deviation.id, subject, deviation })),
  );

  it.each(targets)('end every case alike: $name', ({ subject, deviation }) => {
    const target = deviation?.id;
    const { cases, run } = resultsOf('command', subject, target);
    const own = tests.filter(
      ({ ancestorTitles: [first, second] }) => first === subject.name && (target === undefined || second === target),
    );
    const rows = new Map(own.map(({ meta: { conformance } }) => [conformance?.id, conformance]));

    expect(rows.size).toBe(cases.length);
    // Of the same run, and so to the letter.
    expect(resultsOf('vitest', subject, target).cases.map(rowOf)).toEqual(cases.map(({ id }) => rows.get(id)));
    const inOrder = cases.map(({ id }) => rows.get(id)).filter((row) => row !== undefined);
    expect(inOrder.map(compared)).toEqual(cases.map(compared));
    const strict = subject.options['strict'] === true;
    for (const { fullName, status, meta } of own) {
      expect(status, fullName).toBe(meta.conformance && statusOf(meta.conformance, strict));
    }
    expect(own.some(({ status }) => status === 'failed')).toBe(run.exitCode !== 0);
    if (target === undefined) expect(commands.get(subject)?.exitCode).toBe(run.exitCode);
    // Each fault shows, in whatever company.
    const broken = cases.filter(({ verdict }) => /^(failed|warned)$/.test(verdict)).map((each) => each.requirement);
    expect(broken).toEqual(
      expect.arrayContaining([...(deviation !== undefined && 'breaks' in deviation ? deviation.breaks : [])]),
    );
  });

  it.each(targets.filter(({ name }) => ['the reference', 'known issues', 'nobody there'].includes(name)))(
    'write the same results but for times and chance: $name',
    ({ subject }) => {
      expect(comparedResults(resultsOf('vitest', subject))).toEqual(comparedResults(resultsOf('command', subject)));
      for (const report of ['junit.xml', 'index.html', 'summary.md']) {
        expect(project.read(path.join(folderOf('vitest', subject.name), report))).not.toBe('');
      }
    },
  );
});

type Side = 'vitest' | 'command';

/** One target of a subject. */
interface TestedTarget {
  readonly name: string;
  readonly subject: Subject;
  /** What its emulator differs in, where one was started for it. */
  readonly deviation?: Fault | Variant;
}

/** Where the reports of a run are. */
function folderOf(side: Side, run: string): string {
  return `${side}/${run.replaceAll(' ', '-')}`;
}

/** Results as far as two runs of one seed agree in them; of the exchanges the requests, as sent by the suite's seed. */
function comparedResults({ run, summary, cases, requirements, target }: Results) {
  const { exitCode, exitReasons, seed, complete, partial, filters, strict } = run;
  return {
    run: { exitCode, exitReasons, seed, complete, partial, filters, strict },
    target: { ...target, baseUrl: withoutChance(target.baseUrl) },
    summary,
    requirements,
    cases: cases.map((each) => ({
      ...compared(each),
      // What a case sends side by side is answered in any order, and a call is read where its state comes late. The last
      // digits of an id may be taken for the beginning of the emulator's token, which is random.
      // Where a case was judged by the answers to others, which of them are shown is a matter of order, too.
      requests: (each.observed === undefined ? each.exchanges : [])
        // Which of the shared calls a case gets, and what controls it, is chance.
        .filter(({ step }) => !/^(get call|create group call|control: mute)$/.test(step))
        .map(({ step, request }) => `${step} ${String(request.headers['client-request-id']).slice(0, 24)}`)
        .toSorted(),
    })),
  };
}
