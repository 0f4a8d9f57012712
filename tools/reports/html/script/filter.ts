/** The filters: by text, suite, level and verdict. What is chosen stands in the query of the address. */
export const filterScript = `
  const form = byId('filters');
  const fields = ['text', 'suite', 'level'];
  const requirements = all('.requirement').map((element) => ({
    element,
    own: ':scope > summary, :scope > .opened > .facts',
    cases: all('.case', element).map((each) => ({ element: each, outer: each.parentElement.closest('.case') })),
  }));
  // Read when first asked for: a page of many failures has megabytes of it.
  const textOf = (each) =>
    (each.text ??= (each.own === undefined ? [each.element] : all(each.own, each.element))
      .map((part) => part.textContent)
      .join(' ')
      .toLowerCase());
  const count = requirements.reduce((sum, { cases }) => sum + cases.length, 0);
  const boxes = all('[name=verdict]');

  function filter() {
    const words = byId('text').value.toLowerCase().split(/\\s+/).filter(Boolean);
    const suite = byId('suite').value;
    const level = byId('level').value;
    const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let requirementsShown = 0;
    let casesShown = 0;
    for (const requirement of requirements) {
      const { element, cases } = requirement;
      const within = (suite === '' || element.dataset.suite === suite) && (level === '' || element.dataset.level === level);
      const matching = cases.filter(
        (each) =>
          within &&
          (verdicts.size === 0 || verdicts.has(each.element.dataset.verdict)) &&
          words.every((word) => textOf(requirement).includes(word) || textOf(each).includes(word)),
      );
      // The entry of a twin stands within the other, which has to be there for it.
      const shown = new Set(matching.flatMap((each) => [each.element, each.outer]));
      for (const each of cases) each.element.hidden = !shown.has(each.element);
      element.hidden = matching.length === 0;
      requirementsShown += matching.length > 0 ? 1 : 0;
      casesShown += matching.length;
    }
    for (const section of all('.suite')) {
      section.hidden = all('.requirement:not([hidden])', section).length === 0 && !section.matches('.untouched');
    }
    byId('nothing').hidden = requirementsShown > 0;
    byId('shown').value =
      requirementsShown + ' of ' + requirements.length + ' requirements, ' + casesShown + ' of ' + count + ' cases';
  }

  function address(query, hash) {
    const search = query.toString();
    try {
      history.replaceState(null, '', location.pathname + (search === '' ? '' : '?' + search) + hash);
    } catch {
      // In a sandbox the address stays as it is.
    }
  }

  function remember() {
    const query = new URLSearchParams(location.search);
    for (const name of fields) {
      const { value } = byId(name);
      if (value === '') query.delete(name);
      else query.set(name, value);
    }
    query.delete('verdict');
    for (const box of boxes) if (box.checked) query.append('verdict', box.value);
    address(query, location.hash);
  }

  function recall() {
    const query = new URLSearchParams(location.search);
    for (const name of fields) {
      const field = byId(name);
      const value = query.get(name) ?? '';
      field.value = value;
      if (field.value !== value) field.value = '';
    }
    const verdicts = new Set(query.getAll('verdict'));
    for (const box of boxes) box.checked = verdicts.has(box.value);
  }

  function filterAnew() {
    filter();
    remember();
    place();
  }

  function setOpen(open) {
    for (const { element, cases } of requirements) {
      if (element.hidden) continue;
      element.open = open;
      for (const each of cases) if (!each.element.hidden) each.element.open = open;
    }
  }

  function startFilter() {
    form.addEventListener('input', (event) => {
      if (event.target.id !== 'keys') filterAnew();
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(filterAnew));
    byId('open-all').addEventListener('click', () => setOpen(true));
    byId('close-all').addEventListener('click', () => setOpen(false));
    const wide = matchMedia('(min-width: 62rem)');
    const fit = () => (byId('more').open = wide.matches);
    wide.addEventListener('change', fit);
    fit();
    recall();
    form.hidden = false;
    filter();
    // Whatever is jumped to must not end up under the filters, which stay at the top.
    const [sheet] = document.styleSheets;
    const rule = sheet.cssRules[sheet.insertRule('html {}', sheet.cssRules.length)];
    const clear = () => (rule.style.scrollPaddingTop = form.offsetHeight + 12 + 'px');
    new ResizeObserver(clear).observe(form);
    clear();
  }
`;
