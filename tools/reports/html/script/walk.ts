/** From failure to failure, by button and by key; and to what a link points to, wherever it is folded. */
export const walkScript = `
  let current;

  // The failures that the filters leave; where nothing failed, what warns or has no verdict.
  function failures() {
    const shown = requirements
      .flatMap(({ element, cases }) => (element.hidden ? [] : cases))
      .filter(({ element, outer }) => outer === null && !element.hidden)
      .map(({ element }) => element);
    const failed = shown.filter((each) => each.matches('.failed'));
    return failed.length > 0 ? failed : shown.filter((each) => each.matches('.warned, .unsettled'));
  }

  function place() {
    const list = failures();
    const at = list.indexOf(current) + 1;
    byId('position').value = at > 0 ? at + ' of ' + list.length : list.length + ' to go through';
    byId('walk').hidden = list.length === 0;
  }

  function unfold(target) {
    for (let at = target; at !== null; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
    target.scrollIntoView();
  }

  function walk(step) {
    const list = failures();
    if (list.length === 0) return undefined;
    const at = list.indexOf(current);
    const from = at < 0 && step < 0 ? list.length : at;
    current?.classList.remove('current');
    current = list[(from + step + list.length) % list.length];
    current.classList.add('current');
    unfold(current);
    address(new URLSearchParams(location.search), '#' + current.id);
    place();
    return current;
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !byId('keys').checked) return;
    if (event.target instanceof Element && event.target.closest('input:not([type=checkbox]), select, textarea')) return;
    const step = { n: 1, j: 1, p: -1, k: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    walk(step)?.querySelector('summary').focus({ preventScroll: true });
  }

  function reveal() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // Not encoded by us: taken as it is.
    }
    const target = byId(id);
    if (target === null) return;
    if (target.closest('[hidden]') !== null) {
      form.reset();
      filterAnew();
    }
    if (target.matches('.case')) {
      current?.classList.remove('current');
      current = target;
      place();
    }
    unfold(target);
  }

  function startWalk() {
    byId('next').addEventListener('click', () => walk(1));
    byId('previous').addEventListener('click', () => walk(-1));
    addEventListener('keydown', onKey);
    place();
  }
`;
