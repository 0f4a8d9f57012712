import { copyScript } from './script/copy.ts';
import { filterScript } from './script/filter.ts';
import { walkScript } from './script/walk.ts';

/**
 * What the page does beyond being read. It runs in the reader's browser and knows the page only by its ids, classes
 * and data attributes.
 */
export const script = `
'use strict';
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
${filterScript}${walkScript}${copyScript}
  startFilter();
  startWalk();
  startCopy();
  addEventListener('hashchange', reveal);
  reveal();
})();
`;
