import XMLBuilder from 'fast-xml-builder';
import type { CaseResult, RequirementResult, Results } from '../engine/results/results.ts';
import { printable, printableLine, shortened } from './printable.ts';
import { otherAttempts, repeatWords } from './repeats.ts';
import { requestMs } from '../engine/results/request-time.ts';
import { body, message, messageLength, testOutcome, type TestOutcome } from './test-outcome.ts';
import { bySuite, requirementFinder } from './verdicts.ts';

/** An element as fast-xml-builder takes it, where the order of elements counts: its children by its name. */
interface Element {
  readonly [name: string]: readonly Element[] | string | Attributes;
}
type Attributes = Readonly<Record<string, string | number>>;

const xml = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
  // Bodies are read by people, in places that show entities as they stand. The builder splits what would end a section.
  cdataPropName: '#cdata',
});

/** `strict`: nothing that junit-10.xsd of Jenkins' xUnit plugin refuses, which is why cases have no properties there. */
export type JunitSchema = 'common' | 'strict';

export interface JunitOptions {
  /**
   * A file that CI systems should show with each case that did not pass: below the project for GitLab, below the
   * workspace or absolute for Jenkins' attachments plugin.
   */
  readonly attachment?: string;
  readonly schema?: JunitSchema;
  /** The file goes where those of other targets go: suites then say whose they are, since readers merge by name. */
  readonly amongSeveral?: boolean;
}

/**
 * JUnit XML of one run, as GitLab, Jenkins, Datadog and GitHub's reporters read it: one testsuite for each suite, whose
 * name is also the classname of its cases. Properties of a case stand in it, where these readers look for them. A
 * warning under --strict is a failure, as it is for the exit code. No `file` is named: what a case is written in lies in
 * the package of the suite, where the tools of a user find nothing.
 *
 * Cases run side by side and mostly wait: for an update, or for silence. The time of a case is that in which its requests
 * were under way. Each suite has its share of the length of the run: readers who add up the suites show what the run
 * took, and so do those who read it from the root.
 */
export function renderJunit(results: Results, options: JunitOptions = {}): string {
  const { cases, run, suite } = results;
  const ofKind = (kind: TestOutcome): number => cases.filter((each) => testOutcome(each, results) === kind).length;
  const attributes = {
    name: line(`${suite.name}: ${results.target.name}`),
    time: seconds(run.durationMs),
    tests: cases.length,
    failures: ofKind('failure'),
    errors: ofKind('error'),
  };
  const suites = [...bySuite(cases)].map(([name, own]) => testsuite(name, own, results, options));
  const declaration = element('?xml', { version: '1.0', encoding: 'UTF-8' });
  return `${xml.build([declaration, element('testsuites', attributes, suites)]).trim()}\n`;
}

function testsuite(name: string, cases: CaseResult[], results: Results, options: JunitOptions): Element {
  const { run, target, suite } = results;
  const ofKind = (kind: TestOutcome): number => cases.filter((each) => testOutcome(each, results) === kind).length;
  const attributes = {
    name: line(suiteName(name, results, options)),
    tests: cases.length,
    failures: ofKind('failure'),
    errors: ofKind('error'),
    skipped: ofKind('skipped'),
    time: seconds(shareOfRun(cases, results)),
    // The schema of Ant, which others read, has no zone and no fraction.
    timestamp: run.startedAt.slice(0, 19),
    hostname: line(hostOf(target.baseUrl)),
  };
  const facts = properties([
    ['target', target.name],
    ['base-url', target.baseUrl],
    ['api-version', target.apiVersion],
    ...(['version', 'commit', 'ci'] as const).flatMap((name) => {
      const value = target[name];
      return value === undefined ? [] : [[`target-${name}`, value] as const];
    }),
    ['suite-version', suite.version],
    ['requirement-set', suite.requirementSet],
    ['seed', String(run.seed)],
    ['run', run.id],
  ]);
  const requirement = requirementFinder(results);
  const testcases = cases.map((each) => testcase(each, requirement(each), results, options));
  return element('testsuite', attributes, [facts, ...testcases]);
}

/** The part of the run's length that falls to some of its cases, in milliseconds. */
function shareOfRun(own: readonly CaseResult[], { cases, run }: Results): number {
  const sum = (some: readonly CaseResult[]) => some.reduce((total, { durationMs }) => total + durationMs, 0);
  const all = sum(cases);
  return all === 0 ? 0 : (run.durationMs * sum(own)) / all;
}

function suiteName(suite: string, { target }: Results, { amongSeveral = false }: JunitOptions): string {
  return amongSeveral ? `${target.name}: ${suite}` : suite;
}

function testcase(
  each: CaseResult,
  row: RequirementResult | undefined,
  results: Results,
  options: JunitOptions,
): Element {
  const facts = properties([
    ['title', each.title],
    ['requirement', each.requirement],
    ['level', each.level],
    ['evidence', row?.evidence ?? 'unknown'],
    ['path', each.path],
    ['verdict', each.verdict],
    ...(each.repeats === undefined ? [] : [['repeats', repeatWords(each.repeats)] as const]),
  ]);
  const attributes = {
    // The id alone: CI systems follow a test over time by its name, and titles may be reworded.
    name: line(each.id),
    classname: line(suiteName(each.suite, results, options)),
    time: seconds(requestMs(each)),
  };
  return element('testcase', attributes, [
    ...(options.schema === 'strict' ? [] : [facts]),
    ...account(each, row, results, options.attachment),
  ]);
}

/** What stands in the element of a case. */
function account(
  each: CaseResult,
  row: RequirementResult | undefined,
  results: Results,
  attachment: string | undefined,
): Element[] {
  const kind = testOutcome(each, results);
  const words = message(each, results);
  const attributes = { message: headline(words), type: each.verdict };
  // Some readers show the message, and some the text.
  if (kind === 'skipped') return [element('skipped', attributes, [text(words)])];
  if (kind === undefined) {
    const warning = each.verdict === 'warned' ? [element('system-out', {}, [section(body(each, row, results))])] : [];
    return [...attempts('flakyFailure', each), ...warning];
  }
  const attached = attachment === undefined ? [] : [element('system-out', {}, [text(`[[ATTACHMENT|${attachment}]]`)])];
  return [
    element(kind, attributes, [section(body(each, row, results))]),
    ...attempts('rerunFailure', each),
    ...attached,
  ];
}

/**
 * The attempts of a case that ended badly beside the one that counts, as Maven's Surefire writes them. It has a name for
 * errors, too, which most readers do not know.
 */
function attempts(name: 'flakyFailure' | 'rerunFailure', each: CaseResult): Element[] {
  return otherAttempts(each).map(({ verdict, reason }) => {
    return element(name, { message: headline(shortened(reason, messageLength)), type: verdict });
  });
}

function properties(values: readonly (readonly [string, string])[]): Element {
  const each = values.map(([name, value]) => element('property', { name, value: line(value) }));
  return element('properties', {}, each);
}

function element(name: string, attributes: Attributes, children: readonly Element[] = []): Element {
  return { [name]: children, ':@': attributes };
}

/** Characters that XML forbids are gone already where a text comes here: printable() leaves none. */
function text(content: string): Element {
  return { '#text': printable(content) };
}

/** The same, in a form that readers who do not decode entities show as it is. */
function section(content: string): Element {
  return { '#cdata': [text(content)] };
}

/** The value of an attribute: a line feed there would be read back as a space. */
/** Without quotes that would be written as entities: Allure shows them as they stand. The text of the case has them. */
function headline(content: string): string {
  return line(content)
    .replaceAll(/"([^"]*)"/g, '“$1”')
    .replaceAll('"', '”')
    .replaceAll("'", '’');
}

function line(content: string): string {
  return printableLine(content);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : 'unknown';
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
