import { appendFileSync } from 'node:fs';
import { renderAnnotations, renderProblem } from '../reports/annotations.ts';
import { codeSpan } from '../reports/code-span.ts';
import { renderMarkdown } from '../reports/markdown.ts';
import { logReader } from '../reports/ci-log.ts';
import type { Results } from '../engine/results/results.ts';
import type { CommandIo, Output } from './command-io.ts';

/** Adds to the page of the job, where GitHub Actions has one. */
function addToSummary(markdown: string, { environment, stderr }: CommandIo): void {
  const summary = environment['GITHUB_STEP_SUMMARY'];
  if (!summary) return;
  try {
    appendFileSync(summary, `${markdown}\n`);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    stderr.write(`The job summary cannot be written: ${problem}\n`);
  }
}

interface EndedRun {
  readonly results: Results;
  /** An earlier run, for what is new and what is fixed. */
  readonly baseline?: Results;
}

/** GitHub Actions shows annotations beside the job, and the summary on its page. */
export function reportToGitHub(all: readonly EndedRun[], output: Output, io: CommandIo): void {
  if (logReader(io.environment) !== 'github') return;
  for (const { results } of all) output.write(renderAnnotations(results));
  addToSummary(all.map(({ results, baseline }) => renderMarkdown(results, baseline)).join('\n'), io);
}

/** The same of a command that ended before it had results. */
export function reportProblemToGitHub(message: string, exitCode: number, io: CommandIo): void {
  if (logReader(io.environment) !== 'github') return;
  const title = `call-mute-conformance: exit code ${String(exitCode)}`;
  io.stderr.write(renderProblem(title, message));
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  addToSummary(`## ❌ ${title}\n\n${lines.map((line) => `- ${codeSpan(line, 600)}`).join('\n')}\n`, io);
}
