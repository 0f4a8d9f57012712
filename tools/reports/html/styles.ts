import { bannerStyles } from './styles/banner.ts';
import { baseStyles } from './styles/base.ts';
import { cardStyles } from './styles/cards.ts';
import { caseStyles } from './styles/case.ts';
import { filterStyles } from './styles/filters.ts';
import { matrixStyles } from './styles/matrix.ts';
import { narrowStyles } from './styles/narrow.ts';
import { printStyles } from './styles/print.ts';
import { signStyles } from './styles/signs.ts';
import { tableStyles } from './styles/table.ts';

/** The style sheet of every page: system fonts, light and dark, narrow and printed. */
export const styles = [
  baseStyles,
  signStyles,
  bannerStyles,
  cardStyles,
  filterStyles,
  matrixStyles,
  caseStyles,
  tableStyles,
  narrowStyles,
  printStyles,
].join('');
