/** What can be taken away: curl lines, scripts, and a case as the text of an issue. Nothing is sent anywhere. */
export const copyScript = `
  const tick = String.fromCharCode(96);

  function fenced(language, text) {
    const runs = text.match(new RegExp(tick + '+', 'g')) ?? [];
    const fence = tick.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
    return fence + language + '\\n' + text + '\\n' + fence;
  }

  function factsOf(element) {
    const names = all(':scope > .opened > .facts > dt', element);
    return new Map(names.map((name) => [name.textContent, name.nextElementSibling]));
  }

  const wordsOf = (element) => element.textContent.replace(/\\s+/g, ' ').trim();

  function issueOf(each) {
    const requirement = each.closest('.requirement');
    const promise = factsOf(requirement);
    const found = all(':scope > .opened > .comparison > div', each);
    const exchange = each.querySelector(':scope > .opened > .decisive');
    const blocks = (selector) => all('.block' + selector, exchange ?? document.createElement('i'));
    const again = each.querySelector(':scope > .opened > .repeat code');
    const source = promise.get('Source');
    const link = source?.querySelector('a');
    const facts = [...factsOf(each)].map(([name, value]) => '- ' + name + ': ' + wordsOf(value));
    return [
      '## ' + requirement.id + ': ' + wordsOf(each.querySelector('.title')),
      wordsOf(document.querySelector('h1')) + ' (' + document.querySelector('.address').textContent.trim().replace(/\\s+/g, ' ') + '). ' +
        'Case ' + tick + each.id + tick + ': **' + each.dataset.verdict + '**.',
      'Promised (' + requirement.dataset.level + '): ' + wordsOf(promise.get('Promise')) +
        (link ? ' [' + wordsOf(link) + '](' + link.href + ')' : source ? ' (' + wordsOf(source) + ')' : ''),
      ...found.map((part) => part.querySelector('dt').textContent + ':\\n\\n' + fenced('text', part.querySelector('dd').textContent)),
      facts.join('\\n'),
      ...blocks('.curl').slice(0, 1).map((block) => 'Request:\\n\\n' + fenced('sh', block.textContent)),
      ...(blocks('.reply').length > 0
        ? ['Reply:\\n\\n' + fenced('http', blocks('.reply').map((block) => block.textContent).join('\\n\\n'))]
        : []),
      again === null ? '' : 'Repeat it: ' + tick + 'call-mute-conformance ' + again.textContent + tick,
      location.protocol.startsWith('http') ? '[Report](' + location.href.split('#')[0] + '#' + each.id + ')' : '',
    ]
      .filter((part) => part !== '')
      .join('\\n\\n') + '\\n';
  }

  // Where the clipboard is closed to the page, what was to be copied is selected instead.
  async function copy(button, text, select) {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      select();
      button.textContent = 'Selected';
    }
    setTimeout(() => (button.textContent = label), 1500);
  }

  function buttonFor(words, label, onClick) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words;
    if (label !== '') button.setAttribute('aria-label', label);
    button.addEventListener('click', () => onClick(button));
    return button;
  }

  function selectIssue(row, text) {
    const area = row.querySelector('textarea') ?? document.createElement('textarea');
    area.readOnly = true;
    area.rows = 12;
    area.setAttribute('aria-label', 'The issue, to be copied');
    area.value = text;
    row.append(area);
    area.select();
  }

  // Buttons come with what is opened: a page of many failures would wait for them.
  function equip(opened) {
    for (const block of all('.block.curl', opened)) {
      const row = block.previousElementSibling;
      if (row.querySelector('button') !== null) continue;
      const label = block.matches('.script') ? 'Copy the script' : 'Copy the curl line';
      row.append(buttonFor('Copy', label, (button) => copy(button, block.textContent, () => getSelection().selectAllChildren(block))));
    }
    for (const row of all('.case:is(.failed, .warned, .unsettled, .known) > .opened > .actions', opened)) {
      const each = row.closest('.case');
      if (row.querySelector('button') !== null || each.querySelector(':scope > .opened > .comparison, :scope > .opened > .facts') === null) continue;
      row.append(
        buttonFor('Copy as issue', '', (button) => {
          const text = issueOf(each);
          return copy(button, text, () => selectIssue(row, text));
        }),
      );
    }
  }

  function startCopy() {
    // What is open from the start says so, too, most of it within what is closed.
    const isSeen = (element) => element.parentElement.closest('details:not([open])') === null;
    addEventListener('toggle', ({ target }) => target.open && isSeen(target) && equip(target), true);
    for (const opened of all('.requirement[open]')) equip(opened);
  }
`;
