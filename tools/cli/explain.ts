import { isRequirementId, loadCatalogue, type Requirement } from '../engine/catalogue/catalogue.ts';
import { type DescribedCase, loadDescribedCases } from '../engine/catalogue/described-cases.ts';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { didYouMean } from '../engine/catalogue/nearest.ts';
import { Style } from '../reports/console-style.ts';
import { type Explanation, renderExplanation } from './explain-text.ts';
import { widthOf } from './output-width.ts';
import { type CommandIo, wantsColour, wantsUnicode } from './command-io.ts';

export interface ExplainOptions {
  readonly json?: boolean;
}

/**
 * Prints what a requirement says and why, how its cases put it to a target, and which faults prove that they can fail.
 * @param id of a requirement, or of one of its cases
 * @throws ConfigurationError when there is neither
 */
export async function explain(id: string, options: ExplainOptions, io: CommandIo): Promise<void> {
  const { stdout, environment } = io;
  const explanation = { ...about(id), faults: await faultsThatBreak(id) };
  if (options.json === true) {
    stdout.write(`${JSON.stringify(explanation, undefined, 2)}\n`);
    return;
  }
  const style = new Style({
    colour: wantsColour(stdout, environment),
    width: widthOf(stdout, 100),
    unicode: wantsUnicode(environment),
  });
  stdout.write(style.finished(`${renderExplanation(explanation, style).join('\n')}\n`));
}

function about(id: string): { requirement: Requirement; cases: DescribedCase[] } {
  const catalogue = loadCatalogue();
  const cases = loadDescribedCases();
  if (isRequirementId(id)) {
    return { requirement: catalogue.requirement(id), cases: cases.filter(({ requirement }) => requirement === id) };
  }
  const one = cases.find((described) => described.id === id);
  if (one !== undefined) return { requirement: catalogue.requirement(one.requirement), cases: [one] };
  const known = [...catalogue.requirements, ...cases].map((named) => named.id);
  throw new ConfigurationError(
    `There is no requirement and no case ${JSON.stringify(id)}${didYouMean(id, known)} \`list requirements\` and \`list cases\` show all.`,
  );
}

async function faultsThatBreak(id: string): Promise<Explanation['faults']> {
  const { faults } = await import('../emulator/faults/index.ts');
  const [requirement] = id.split('/');
  return faults.flatMap(({ id, summary, breaks }) =>
    breaks.some((broken) => broken === requirement) ? { id, summary } : [],
  );
}
