/**
 * What the page does beyond being read: filters, copying, opening what a link points to, and opening everything for
 * print. It runs in the reader's browser and knows the page only by its ids, classes and data attributes.
 */
export const script = `
'use strict';
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = document.getElementById('filters');
  const shown = document.getElementById('shown');
  const requirements = all('.requirement').map((element) => {
    const own = all(':scope > summary, :scope > .opened > .facts', element);
    return {
      element,
      cases: all('.case', element).map((each) => ({ element: each, verdict: each.dataset.verdict })),
      text: own.map((part) => part.textContent).join(' ').toLowerCase(),
    };
  });
  const textOf = (each) => (each.text ??= each.element.textContent.toLowerCase());
  const count = requirements.reduce((sum, { cases }) => sum + cases.length, 0);

  function filter() {
    const words = document.getElementById('text').value.toLowerCase().split(/\\s+/).filter(Boolean);
    const suite = document.getElementById('suite').value;
    const level = document.getElementById('level').value;
    const verdicts = new Set(all('[name=verdict]:checked', form).map((box) => box.value));
    let requirementsShown = 0;
    let casesShown = 0;
    for (const requirement of requirements) {
      const { element, cases } = requirement;
      const within = (suite === '' || element.dataset.suite === suite) && (level === '' || element.dataset.level === level);
      let some = false;
      for (const each of cases) {
        const matches =
          within &&
          (verdicts.size === 0 || verdicts.has(each.verdict)) &&
          words.every((word) => requirement.text.includes(word) || textOf(each).includes(word));
        each.element.hidden = !matches;
        some ||= matches;
        casesShown += matches ? 1 : 0;
      }
      element.hidden = !some;
      requirementsShown += some ? 1 : 0;
    }
    for (const section of all('.suite')) {
      section.hidden = all('.requirement:not([hidden])', section).length === 0 && !section.matches('.untouched');
    }
    document.getElementById('nothing').hidden = requirementsShown > 0;
    shown.value = requirementsShown + ' of ' + requirements.length + ' requirements, ' + casesShown + ' of ' + count + ' cases';
  }

  function setOpen(open) {
    for (const { element, cases } of requirements) {
      if (element.hidden) continue;
      element.open = open;
      for (const each of cases) if (!each.element.hidden) each.element.open = open;
    }
  }

  function reveal() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // Not encoded by us: taken as it is.
    }
    const target = document.getElementById(id);
    if (target === null) return;
    if (target.closest('[hidden]') !== null) {
      form.reset();
      filter();
    }
    for (let at = target; at !== null; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
    target.scrollIntoView();
  }

  async function copy(button, block) {
    const text = block.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(block);
      button.textContent = 'Selected';
    }
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  }

  for (const block of all('.block.curl')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', block.matches('.script') ? 'Copy the script' : 'Copy the curl line');
    button.addEventListener('click', () => copy(button, block));
    block.previousElementSibling.append(button);
  }

  if (form !== null) {
    form.addEventListener('input', filter);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(filter));
    document.getElementById('open-all').addEventListener('click', () => setOpen(true));
    document.getElementById('close-all').addEventListener('click', () => setOpen(false));
    form.hidden = false;
    filter();
  }
  addEventListener('hashchange', reveal);
  addEventListener('beforeprint', () => {
    for (const each of all('details:not(.passed):not(.absent):not(.exchange)')) each.open = true;
  });
  reveal();
})();
`;
