/** The figures of the README: what the suite proves itself by, without running it. */
import { suites } from '../../../suites/index.ts';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { faults } from '../../emulator/faults/index.ts';
import { variants } from '../../emulator/variants/index.ts';
import { casesOf } from '../../engine/cases/suite.ts';
import { sampleOfEveryRun, sporadicSubjects } from './sporadic-matrix.ts';

export const figuresBegin = '<!-- mutants:begin -->';
export const figuresEnd = '<!-- mutants:end -->';

/** One line in Markdown. */
export function figuresLine(): string {
  const { requirements } = loadCatalogue();
  const musts = requirements.filter(({ level }) => level === 'must').length;
  const shoulds = requirements.filter(({ level }) => level === 'should').length;
  const sporadic = sporadicSubjects(faults, 1).length;
  return `${casesOf(suites).length} cases test ${requirements.length} requirements (${musts} must, ${shoulds} should). \`npm run mutants\` runs them against ${faults.length} emulators with one defect each, all of which are caught, and ${variants.length} with one legal difference each, none of which fails; and against ${sampleOfEveryRun} of ${sporadic} whose defect shows only in some requests, or in some situation.`;
}

/**
 * A text with the line between its markers written anew.
 * @throws Error when it lacks the markers
 */
export function withFigures(text: string, line: string): string {
  const begin = text.indexOf(figuresBegin);
  const end = text.indexOf(figuresEnd);
  if (begin === -1 || end < begin) throw new Error(`there is no ${figuresBegin} … ${figuresEnd}`);
  return `${text.slice(0, begin + figuresBegin.length)}\n\n${line}\n\n${text.slice(end)}`;
}
