import type { CaseResult, RequirementResult } from '../../engine/results/results.ts';
import { plural } from '../figures.ts';
import { link } from './banner.ts';
import { factList, type Fact } from './facts.ts';
import { sign, toneOf } from './glyph.ts';
import { html, type Markup } from './markup.ts';
import { worstOf, type RequirementGroup, type SuiteGroup } from './suite-group.ts';

/** With more failing requirements than this the page would open too long: then all start closed. */
const openAtMost = 3;

/** How a case is shown where its requirement is opened. */
export type CaseEntry = (each: CaseResult) => Markup;

/** The matrix of requirements × paths by suite, each line of which opens to everything that is known of it. */
export function matrix(suites: readonly SuiteGroup[], caseEntry: CaseEntry): Markup {
  const failing = suites
    .flatMap(({ requirements }) => requirements)
    .filter(({ cases }) => worstOf(cases)?.verdict === 'failed');
  const opened = new Set(failing.length <= openAtMost ? failing : []);
  const isOpen = (group: RequirementGroup): boolean => opened.has(group);
  return html`${suites.map(
    (suite) =>
      html`<section class="suite" aria-labelledby="${suite.anchor}">
        <h3 id="${suite.anchor}"><bdi>${suite.name}</bdi></h3>
        <div class="heads" aria-hidden="true">
          <span>Requirement</span><span>Level</span><span>/communications</span><span>/app</span>
        </div>
        ${suite.requirements.map((group) => requirementEntry(group, suite.name, isOpen(group), caseEntry))}
      </section>`,
  )}`;
}

function requirementEntry(
  { row, cases }: RequirementGroup,
  suite: string,
  open: boolean,
  caseEntry: CaseEntry,
): Markup {
  const tone = toneOf(worstOf(cases)?.verdict ?? 'not-applicable');
  return html`<details class="requirement ${tone}" id="${row.id}" data-suite="${suite}" data-level="${row.level}" ${open && html`open`}>
    <summary>
      <span class="name">
        ${sign(tone)}
        <span><strong>${row.id}</strong> <span class="brief">${row.statement}</span></span>
      </span>
      <span class="level ${row.level}">${row.level}</span>
      ${cell('/communications', cases)} ${cell('/app', cases)}
    </summary>
    <div class="opened">
      ${factList(requirementFacts(row))}
      ${cases.map(caseEntry)}
    </div>
  </details>`;
}

/** What is promised and where that is written. */
function requirementFacts(row: RequirementResult): Fact[] {
  return [
    ['Promise', row.statement],
    ['Level', row.level],
    ['Evidence', row.evidence],
    ['Source', row.url === undefined ? row.source : link(row.url, row.source)],
    ['Hint', row.advice],
    ['Needs', row.capability !== undefined && html`capability <code>${row.capability}</code>`],
  ];
}

function cell(path: CaseResult['path'], all: readonly CaseResult[]): Markup {
  const cases = all.filter((each) => each.path === path);
  const worst = worstOf(cases);
  if (worst === undefined) return html`<span class="cell none"><span class="unseen">${path}: no case</span></span>`;
  const { verdict, count } = worst;
  const words =
    count === cases.length ? `${String(count)} ${verdict}` : `${String(count)} ${verdict} of ${String(cases.length)}`;
  return html`<span class="cell ${toneOf(verdict)}"
    ><span class="path">${path}: </span>${sign(toneOf(verdict))} ${words}</span
  >`;
}

/** The requirements that nothing in this run was about, folded: a filtered run has many. */
export function untouchedRequirements(rows: readonly RequirementResult[]): Markup | false {
  if (rows.length === 0) return false;
  return html`<section class="suite untouched" aria-labelledby="untouched">
    <h3 id="untouched">Not put to the target</h3>
    <details>
      <summary>${plural(rows.length, 'requirement')} without a case in this run</summary>
      <ul>
        ${rows.map((row) => html`<li id="${row.id}"><strong>${row.id}</strong> (${row.level}) ${row.statement}</li>`)}
      </ul>
    </details>
  </section>`;
}
