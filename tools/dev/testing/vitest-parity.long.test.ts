/** The same targets by the command line and as tests of vitest: every case ends alike (docs/vitest.md). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowOf } from '../../api/vitest/case-reporter.ts';
import type { CaseRow } from '../../api/vitest/messages.ts';
import { findFault } from '../../emulator/find-deviation.ts';
import type { Results } from '../../engine/results/results.ts';
import { type CliRun, runCli } from './run-cli.ts';
import { type EndedVitest, type ReportedTest, VitestProject } from './vitest-project.ts';

/** Of each kind one, whose defect shows in the same cases whatever comes first. */
const faults = [
  'any-token-accepted',
  'callback-decoded',
  'callback-without-query',
  'status-202-on-app',
  'client-context-cut-at-255',
  'unknown-call-500',
  'missing-token-500',
  'token-in-query-accepted',
  'error-body-html',
  'peer-to-peer-accepted',
  'blank-body-accepted',
  'location-other-call',
  'location-missing',
  'method-put-mutes',
  'operation-update-updated',
  'mute-mutes-everybody',
  'charset-refused',
  'response-without-content-type',
  'participants-stale',
  'status-201',
];
/** With each, the suites in which it makes a difference; all, where there are none. */
const variants: Readonly<Record<string, readonly string[]>> = {
  'version-1-0': [],
  'app-undeclared': [],
  'operation-asynchronous': ['operation-lifecycle', 'location-header', 'response-shape', 'status-codes'],
  'roster-delta': ['roster-notification', 'roster-deltas'],
  'repeat-409': ['state', 'concurrency'],
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
}

const closedPort = 'http://127.0.0.1:9/beta';
const subjects: readonly Subject[] = [
  { name: 'the reference', words: [], options: {} },
  ...faults.map((fault) => {
    // What it does not break ends as in the reference, which is run in whole.
    const requirement = findFault(fault).breaks;
    return { name: fault, words: ['--fault', fault, '--requirement', ...requirement], options: { fault, requirement } };
  }),
  ...Object.entries(variants).map(([variant, suite]) => ({
    name: variant,
    words: ['--variant', variant, ...suite.flatMap((name) => ['--suite', name])],
    options: { variant, ...(suite.length > 0 && { suite }) },
  })),
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

const folderOf = ({ name }: Subject) => `reports/${name.replaceAll(' ', '-')}`;

/** What differs from run to run with the same seed: the ids that the emulator gives, its port, and times. */
function withoutChance(text: string | undefined): string | undefined {
  return (
    text
      ?.replaceAll(/[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi, '{guid}')
      .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:{port}')
      .replaceAll(/\d+(\.\d+)? ms\b/g, '{ms}')
      // How often calls that cases share are tried is a matter of who comes first.
      .replaceAll(/, in (\d+) of \d+ (answers|refusals|updates|notifications|mistaken mutes)/g, ', in $1 of {all} $2')
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

describe('a run by vitest and one by the command line', { timeout: 120_000 }, () => {
  let project: VitestProject;
  let ended: EndedVitest;

  beforeAll(async () => {
    project = new VitestProject({
      'known-issues.yaml': knownIssues,
      'all.test.js': `
        import { describe } from 'vitest';
        import { conformance } from 'call-mute-conformance/vitest';
        for (const { name, options, reportDir } of ${JSON.stringify(
          subjects.map((subject) => ({ ...subject, reportDir: folderOf(subject) })),
        )}) describe(name, () => conformance({ ...options, seed: 7, reportDir }));
      `,
    });
    const commandsInTurn = async () => {
      for (const subject of subjects) await commandOf(subject);
    };
    [ended] = await Promise.all([project.run(), commandsInTurn()]);
  }, 900_000);
  afterAll(() => project.remove());

  const resultsOf = (subject: Subject) => JSON.parse(project.read(`${folderOf(subject)}/results.json`)) as Results;

  /** What the command line makes of a subject, run once. */
  const commands = new Map<Subject, Promise<CliRun>>();
  function commandOf(subject: Subject): Promise<CliRun> {
    const words = [...subject.words, '--seed', '7', '--report-dir', 'reports', '--quiet'];
    const there = commands.get(subject) ?? runCli(words, { 'known-issues.yaml': knownIssues });
    commands.set(subject, there);
    return there;
  }

  it.each(subjects)('end every case alike: $name', async (subject) => {
    const command = await commandOf(subject);
    const { cases } = command.results();
    const tests = ended.tests().filter(({ ancestorTitles }) => ancestorTitles[0] === subject.name);
    const rows = new Map(tests.map(({ meta: { conformance } }) => [conformance?.id, conformance]));

    expect(rows.size).toBe(cases.length);
    // Of the same run, and so to the letter.
    expect(resultsOf(subject).cases.map(rowOf)).toEqual(cases.map(({ id }) => rows.get(id)));
    const inOrder = cases.map(({ id }) => rows.get(id)).filter((row) => row !== undefined);
    expect(inOrder.map(compared)).toEqual(cases.map(compared));
    const strict = subject.options['strict'] === true;
    for (const { fullName, status, meta } of tests) {
      expect(status, fullName).toBe(meta.conformance && statusOf(meta.conformance, strict));
    }
    expect(tests.some(({ status }) => status === 'failed')).toBe(command.exitCode !== 0);
  });

  it.each(subjects.filter(({ name }) => ['the reference', 'known issues', 'nobody there'].includes(name)))(
    'write the same results but for times and chance: $name',
    async (subject) => {
      const command = await commandOf(subject);
      expect(comparedResults(resultsOf(subject))).toEqual(comparedResults(command.results()));
      for (const report of ['junit.xml', 'index.html', 'summary.md']) {
        expect(project.read(`${folderOf(subject)}/${report}`)).not.toBe('');
      }
    },
  );
});

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
