import { createHash } from 'node:crypto';
import { html, type Markup, verbatim } from '../reports/html/markup.ts';
import type { GateFailure } from './gates.ts';
import { type FaultEntry, type Matrix, type RequirementEntry, unkilledCases } from './matrix.ts';
import { matrixStyles } from './matrix-styles.ts';

/** How one fault and one requirement met. */
type Meeting = 'proves' | 'besides' | 'unexpected' | 'spared' | 'none';

const marks: Readonly<Record<Meeting, { mark: string; words: string }>> = {
  proves: { mark: '●', words: 'broken, as it should be' },
  besides: { mark: '○', words: 'taken down with it' },
  unexpected: { mark: '!', words: 'killed unexpectedly' },
  spared: { mark: '×', words: 'spared, although it should break' },
  none: { mark: '', words: '' },
};

function meeting(fault: FaultEntry, { id }: RequirementEntry): Meeting {
  if (fault.spared.includes(id)) return 'spared';
  if (fault.unexpected.includes(id)) return 'unexpected';
  if (!fault.killedRequirements.includes(id)) return 'none';
  return fault.breaks.includes(id) ? 'proves' : 'besides';
}

function cell(fault: FaultEntry, requirement: RequirementEntry): Markup {
  const met = meeting(fault, requirement);
  if (met === 'none') return html`<td></td>`;
  const { mark, words } = marks[met];
  return html`<td class="${met}" title="${fault.id} × ${requirement.id}: ${words}">${mark}</td>`;
}

function grid({ faults, requirements }: Matrix): Markup {
  const rows = faults.map(
    (fault) =>
      html`<tr>
        <th scope="row" class="${fault.verdict}"><abbr title="${fault.summary}">${fault.id}</abbr></th>
        ${requirements.map((requirement) => cell(fault, requirement))}
      </tr>`,
  );
  const heads = requirements.map(
    ({ id, level, provenBy }) =>
      html`<th scope="col" class="${level}"><span title="${level}, proven by ${provenBy.length}">${id}</span></th>`,
  );
  return html`<table>
    <caption>
      ${Object.values(marks)
        .filter(({ mark }) => mark !== '')
        .map(({ mark, words }) => `${mark} ${words}`)
        .join(', ')}
    </caption>
    <thead>
      <tr>
        <td></td>
        ${heads}
      </tr>
    </thead>
    <tbody>
      <tr>
        <th scope="row">proven by so many</th>
        ${requirements.map(({ provenBy }) => html`<td>${provenBy.length}</td>`)}
      </tr>
      ${rows}
    </tbody>
  </table>`;
}

function list(items: readonly Markup[], none: string): Markup {
  return items.length === 0
    ? html`<p>${none}</p>`
    : html`<ul>
        ${items.map((item) => html`<li>${item}</li>`)}
      </ul>`;
}

/**
 * The matrix as one page that needs nothing from anywhere.
 * @returns HTML, in which whatever an emulator said is escaped
 */
export function renderMatrixHtml(matrix: Matrix, failures: readonly GateFailure[]): string {
  const { faults, variants, requirements, time } = matrix;
  const killed = faults.filter(({ verdict }) => verdict === 'killed').length;
  const green = variants.filter(({ verdict }) => verdict === 'green').length;
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(matrixStyles).digest('base64')}'`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>What the suite catches, and what it leaves alone</title>
        ${verbatim(`<style>${matrixStyles}</style>`)}
      </head>
      <body>
        <header>
          <h1>${killed} of ${faults.length} faults killed, ${green} of ${variants.length} variants green</h1>
          <p>
            ${matrix.cases.length} cases against each, ${requirements.length} requirements; ${time.cases} cases in
            ${(time.wallMs / 1000).toFixed(1)} s, ${time.casesPerSecond} a second.
          </p>
        </header>
        <main>
          <h2>Gates</h2>
          ${list(
            failures.map(
              ({ gate, subject, problem }) => html`<strong>${gate}</strong> <code>${subject}</code> ${problem}`,
            ),
            'All hold.',
          )}
          <h2>Faults × requirements</h2>
          <div class="wide" tabindex="0" role="region" aria-label="Faults and requirements">${grid(matrix)}</div>
          <h2>Cases that no fault kills</h2>
          ${list(
            unkilledCases(matrix).map(({ id, level }) => html`<code>${id}</code> ${level}`),
            'There is none.',
          )}
          <h2>Variants</h2>
          ${list(
            variants.map(
              ({ id, verdict, summary, bends }) =>
                html`<span class="${verdict}">${verdict}</span> <code>${id}</code> ${summary}${
                    bends.length > 0 ? `; bends ${bends.join(', ')}` : ''
                  }`,
            ),
            'None was run.',
          )}
        </main>
      </body>
    </html>`.toString();
}
