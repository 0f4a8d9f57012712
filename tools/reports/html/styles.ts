/** The style sheet of every page: system fonts, light and dark, narrow and printed. */
export const styles = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f3; --surface: #fff; --sunken: #f1f1ec; --line: #dcdcd4; --text: #1b1d21; --quiet: #575c65;
  --link: #0a4f94; --focus: #0a5fb4;
  --passed: #0b6b3f; --failed: #b3261e; --warned: #8a5300; --known: #6d4a86; --unsettled: #4f46b5; --absent: #5c626c;
  --passed-tint: #e5f3eb; --failed-tint: #fdebe9; --warned-tint: #fcf1dc; --known-tint: #f4ecf8;
  --unsettled-tint: #ecebfb; --absent-tint: #efefeb;
  --mark-expected: #cfeedd; --mark-actual: #ffd3ce;
  --banner-passed: #0b5d38; --banner-failed: #8f1f19; --banner-unsettled: #6b4700; --banner-neutral: #1d3f63;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121316; --surface: #1a1c20; --sunken: #141518; --line: #32353c; --text: #e9e9e6; --quiet: #a6abb5;
    --link: #8cc2ff; --focus: #8cc2ff;
    --passed: #6fd39c; --failed: #ff9188; --warned: #f3bd5b; --known: #d6aef0; --unsettled: #b9b1ff; --absent: #a6abb5;
    --passed-tint: #16291f; --failed-tint: #331b1a; --warned-tint: #2f2614; --known-tint: #2a2130;
    --unsettled-tint: #232140; --absent-tint: #23252a;
    --mark-expected: #1f4a34; --mark-actual: #6a2a26;
    --banner-passed: #0c4a2e; --banner-failed: #6f1b17; --banner-unsettled: #543900; --banner-neutral: #17324f;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--ground); color: var(--text); overflow-wrap: anywhere;
  font: 400 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
.inside, main { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
h2 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 1rem; letter-spacing: -.01em; }
h3 { font-size: 1rem; line-height: 1.3; margin: 0 0 .6rem; }
p { margin: 0; }
a { color: var(--link); text-underline-offset: .15em; }
code, pre, .meta code { font-family: var(--mono); font-size: .86em; }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.sprite { position: absolute; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--surface); z-index: 1; }
.skip:focus { top: 1rem; }

.sign { width: 1em; height: 1em; flex: none; fill: currentColor; vertical-align: -.12em; }
.sign.passed { color: var(--passed); } .sign.failed { color: var(--failed); } .sign.warned { color: var(--warned); }
.sign.known { color: var(--known); } .sign.unsettled { color: var(--unsettled); } .sign.absent { color: var(--absent); }
symbol .stroke { fill: none; stroke: var(--surface); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
symbol .ring { fill: none; stroke: currentColor; stroke-width: 1.5; }
symbol .dash { stroke: currentColor; stroke-width: 2; stroke-linecap: round; }

.banner { color: #fff; background: var(--tone); padding: 2.5rem 0 2.75rem; }
.banner.passed { --tone: var(--banner-passed); }
.banner.failed { --tone: var(--banner-failed); }
.banner.unsettled { --tone: var(--banner-unsettled); } .banner.neutral { --tone: var(--banner-neutral); }
.banner .inside { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 25rem); gap: .5rem 3rem; align-items: end; }
.banner a { color: #fff; }
.banner :focus-visible { outline-color: #fff; }
.overline { grid-column: 1 / -1; font-size: .82rem; letter-spacing: .08em; text-transform: uppercase; opacity: .9; }
.statement { align-self: start; }
.statement > .sign { float: left; width: 3.4rem; height: 3.4rem; margin: .35rem 1.1rem 0 0; color: #fff; --surface: var(--tone); }
.banner h1 { font-size: clamp(1.8rem, 1.2rem + 2.6vw, 3rem); line-height: 1.1; margin: 0; letter-spacing: -.02em; font-weight: 700; }
.banner h1 span { font-weight: 400; }
.verdict-line { clear: left; padding-top: 1rem; display: flex; flex-wrap: wrap; gap: .5rem; }
.pill { font-size: .85rem; font-weight: 600; padding: .1rem .7rem; border: 1.5px solid #fff; border-radius: 2rem; }
span.pill { font-weight: 400; border-style: dashed; }
.explanation { padding-top: .8rem; max-width: 42rem; font-size: 1.05rem; }
.address { padding-top: .6rem; font-size: .9rem; }
.figures { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin: 0; align-self: center; }
.figures > div { background: rgb(0 0 0 / .2); border-radius: .75rem; padding: 1rem 1.1rem; display: flex; flex-direction: column; }
.figures dt { font-size: .9rem; font-weight: 600; }
.figures dd { margin: 0; }
.figures .number { font-size: 2.2rem; line-height: 1.2; font-weight: 650; letter-spacing: -.03em; font-variant-numeric: tabular-nums; white-space: nowrap; }
.figures .definition { font-size: .82rem; line-height: 1.4; padding-top: .5rem; }
.figures .all { fill: rgb(255 255 255 / .28); } .figures .share { fill: #fff; }
.figures .meter { line-height: 0; padding-top: .4rem; }

main { padding-top: 2.25rem; padding-bottom: 3rem; }
main > section { margin-bottom: 2.75rem; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.25rem; margin-bottom: 1.25rem; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem 1.4rem; }
.unreachable { border-color: var(--failed); border-width: 2px; margin-bottom: 1.25rem; }
table { border-collapse: collapse; font-size: .92rem; }
.levels { width: 100%; }
.levels th, .levels td { padding: .35rem .7rem; text-align: right; border-top: 1px solid var(--line); font-variant-numeric: tabular-nums; white-space: nowrap; }
.levels thead th { border: 0; font-weight: 500; color: var(--quiet); font-size: .85rem; vertical-align: bottom; }
.levels th:first-child { text-align: left; padding-left: 0; font-weight: 400; }
.levels td.none { color: var(--quiet); } .levels td { font-weight: 600; } .levels td.none { font-weight: 400; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1.1rem; margin: 0; font-size: .92rem; }

.facts dt { color: var(--quiet); } dt { overflow-wrap: normal; } .facts dd { margin: 0; }
.facts ul { margin: 0; padding-left: 1.1rem; }
.suites { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); gap: .7rem 2.5rem; font-size: .92rem; }
.suites li { display: grid; grid-template-columns: 1rem max-content minmax(0, 1fr); gap: 0 .5rem; align-items: baseline; }
.suites .sign { align-self: center; }
.suites .counts { text-align: right; color: var(--quiet); }
.bar { grid-column: 2 / -1; border-radius: 4px; display: block; margin-top: .15rem; }
.bar .passed { fill: var(--passed); } .bar .failed { fill: var(--failed); } .bar .warned { fill: var(--warned); }
.bar .known { fill: var(--known); } .bar .unsettled { fill: var(--unsettled); } .bar .absent { fill: var(--line); }

.first-look { border-left: 6px solid var(--failed); }
.first-look ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.1rem; }
.first-look li { display: grid; grid-template-columns: 1.2rem minmax(0, 1fr); gap: .6rem; }
.first-look .sign { margin-top: .3rem; }
.first-look a { font-weight: 650; }
.finding { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem .7rem; margin: .3rem 0; font-size: .92rem; }
.finding dt { color: var(--quiet); } .finding dd { margin: 0; }
.finding code { white-space: pre-wrap; background: var(--sunken); padding: .05rem .3rem; border-radius: .25rem; }
.meta, .remark { color: var(--quiet); font-size: .88rem; }

#filters { background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.4rem; margin-bottom: 1.5rem; display: grid; gap: .9rem; }
.row { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; border: 0; margin: 0; padding: 0; min-width: 0; }
.row legend { float: left; margin-right: .4rem; }
.field, .row legend { font-size: .88rem; color: var(--quiet); }
.field { display: grid; gap: .2rem; min-width: 0; max-width: 100%; grid-template-columns: minmax(0, 1fr); } .grow { flex: 1 1 16rem; }
input[type=search], select, button { font: inherit; font-size: .95rem; color: var(--text); background: var(--ground); border: 1px solid var(--quiet); border-radius: .45rem; padding: .4rem .7rem; min-height: 2.4rem; }
input[type=search], select { width: 100%; }
button { cursor: pointer; } button:hover { background: var(--line); }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; margin-left: auto; }
.chip { display: inline-flex; align-items: center; gap: .4rem; border: 1px solid var(--line); border-radius: 2rem; padding: .2rem .8rem; cursor: pointer; font-size: .92rem; min-height: 2rem; }
.chip:has(:checked) { border-color: var(--text); background: var(--sunken); font-weight: 600; }
.chip input { margin: 0; accent-color: var(--text); }
.chip .count { color: var(--quiet); font-variant-numeric: tabular-nums; }

.suite { margin-bottom: 1.9rem; }
.suite > h3 { font-size: 1.12rem; }
.heads, .requirement > summary { display: grid; grid-template-columns: minmax(0, 1fr) 4.5rem 11rem 11rem 1rem; gap: .2rem 1rem; align-items: center; }
.heads { padding: 0 1.1rem .35rem 1.2rem; font-size: .82rem; color: var(--quiet); }
summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::after { content: ""; width: .5rem; height: .5rem; border: solid var(--quiet); border-width: 0 2px 2px 0; transform: rotate(-45deg); justify-self: end; }
details[open] > summary::after { transform: rotate(45deg); }
.requirement { background: var(--surface); border: 1px solid var(--line); border-left: 4px solid var(--line); margin-top: -1px; }
.requirement:first-of-type { border-radius: .6rem .6rem 0 0; } .requirement:last-of-type { border-radius: 0 0 .6rem .6rem; }
.requirement:first-of-type:last-of-type { border-radius: .6rem; }
.requirement.failed { border-left-color: var(--failed); } .requirement.warned { border-left-color: var(--warned); }
.requirement.unsettled { border-left-color: var(--unsettled); } .requirement.known { border-left-color: var(--known); }
.requirement.passed { border-left-color: var(--passed); }
.requirement > summary { padding: .5rem 1.1rem .5rem 1rem; }
.requirement > summary:hover { background: var(--sunken); }
.requirement[open] > summary { border-bottom: 1px solid var(--line); }
.requirement > .opened { padding: 1.1rem 1.2rem 1.3rem; }
.name { display: grid; grid-template-columns: 1rem minmax(0, 1fr); gap: .65rem; align-items: center; }
.name strong { font-weight: 600; }
.brief { display: block; color: var(--quiet); font-size: .86rem; line-height: 1.35; }
.level { font-size: .86rem; color: var(--quiet); } .level.must { color: var(--text); font-weight: 600; }
.cell { font-size: .88rem; } .cell .path { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.cell.failed, .verdict.failed { color: var(--failed); font-weight: 600; }
.cell.warned, .verdict.warned { color: var(--warned); } .cell.known, .verdict.known { color: var(--known); }
.cell.unsettled, .verdict.unsettled { color: var(--unsettled); } .cell.passed, .verdict.passed { color: var(--passed); }
.cell.absent, .cell.none, .verdict.absent { color: var(--quiet); }

.case { border: 1px solid var(--line); border-radius: .5rem; margin-top: .7rem; background: var(--ground); }
.case .case { margin-top: 0; }
.case.failed { border-color: var(--failed); } .case.warned { border-color: var(--warned); } .case.unsettled { border-color: var(--unsettled); }
.case > summary { display: grid; grid-template-columns: 1rem minmax(0, 1fr) max-content 1rem; gap: 0 .65rem; align-items: center; padding: .5rem 1rem .5rem .8rem; }
.case > summary::after { grid-area: 1 / 4; }
.case .title { font-weight: 550; }
.case .verdict { font-size: .88rem; font-weight: 600; }
.case > summary .meta { grid-column: 2 / 4; font-size: .82rem; }
.case > .opened { padding: .2rem 1rem 1rem 2.45rem; display: grid; gap: .8rem; grid-template-columns: minmax(0, 1fr); }
.comparison { display: grid; gap: .3rem; margin: 0; }
.comparison > div { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); background: var(--surface); border: 1px solid var(--line); border-left-width: 4px; border-radius: .35rem; }
.comparison dt { padding: .35rem .7rem; font-size: .88rem; color: var(--quiet); }
.comparison dd { margin: 0; padding: .35rem .7rem; font-family: var(--mono); font-size: .88rem; white-space: pre-wrap; }
.comparison .expected { border-left-color: var(--passed); } .comparison .actual { border-left-color: var(--failed); }
mark { color: inherit; border-radius: .2rem; padding: 0 .1rem; text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .2em; background: var(--mark-actual); }
.expected mark { background: var(--mark-expected); }
.lines { list-style: none; margin: 0; padding: 0; font-size: .86rem; display: grid; gap: .15rem; }
.step { font-weight: 550; } .ms { color: var(--quiet); white-space: nowrap; } b.failed { color: var(--failed); }
.exchange { border: 1px solid var(--line); border-radius: .4rem; background: var(--surface); }
.case > .opened > .exchange + .exchange { margin-top: -.4rem; }
.exchange > summary { padding: .4rem .9rem; font-size: .88rem; position: relative; padding-right: 2rem; }
.exchange > summary::after { position: absolute; right: .9rem; top: .8rem; }
.exchange > .opened { padding: 0 .9rem .9rem; display: grid; gap: .4rem; grid-template-columns: minmax(0, 1fr); }
.part { font-size: .8rem; font-weight: 600; color: var(--quiet); padding-top: .3rem; display: flex; gap: .8rem; align-items: center; }
.block { margin: 0; padding: .6rem .8rem; background: var(--sunken); border-radius: .35rem; line-height: 1.45; font-size: .92rem; white-space: pre-wrap; max-height: 30rem; overflow: auto; }
.part button { font-size: .8rem; min-height: 1.6rem; padding: .05rem .6rem; }
.problems { margin: 0; padding-left: 1.2rem; color: var(--failed); font-size: .9rem; }
.timeline { margin: 0; background: var(--surface); border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .9rem .6rem; }
.timeline svg { display: block; background: repeating-linear-gradient(transparent 0 23px, var(--line) 23px 24px, transparent 24px 38px); }
.timeline text { font-size: .82rem; fill: var(--text); }
.timeline .span { stroke: var(--link); stroke-width: 7; stroke-linecap: round; }
.timeline .arrival { fill: var(--warned); stroke: var(--surface); stroke-width: 1.5; }
.timeline .zero { stroke: var(--quiet); stroke-dasharray: 2 4; }
.timeline figcaption { font-size: .8rem; color: var(--quiet); padding-top: .3rem; }
.untouched ul { padding-left: 1.2rem; font-size: .92rem; }
.untouched summary { display: flex; gap: .8rem; align-items: center; }
#nothing { padding: 1rem 0 2rem; }
.changes { margin-bottom: .8rem; } .changes summary { display: flex; gap: .8rem; align-items: center; }
.changes ul { margin: .8rem 0 0; padding: 0; list-style: none; display: grid; gap: .35rem; font-size: .92rem; }
footer { border-top: 1px solid var(--line); padding: 1.5rem 0 2.5rem; color: var(--quiet); font-size: .88rem; }

.comparison-table { overflow-x: auto; margin-top: 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: .6rem; }
.comparison-table table { width: 100%; }
.comparison-table th, .comparison-table td { padding: .4rem .9rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
.comparison-table thead th { border-top: 0; vertical-align: bottom; }
.comparison-table tbody th { font-weight: 400; min-width: 11rem; } .comparison-table tbody th strong { font-weight: 600; }
.comparison-table td { min-width: 7.5rem; font-size: .9rem; } .comparison-table td.changed { background: var(--warned-tint); }
.comparison-table .group th { background: var(--sunken); font-weight: 600; font-size: .9rem; }
.comparison-table .figure { font-weight: 400; font-size: .85rem; color: var(--quiet); display: block; white-space: nowrap; }

@media (max-width: 62rem) {
  .banner .inside, .columns { grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
  .heads { display: none; }
  .requirement > summary { grid-template-columns: max-content max-content minmax(0, 1fr) 1rem; }
  .requirement > summary .name { grid-column: 1 / 4; }
  .requirement > summary::after { grid-area: 1 / 4; }
  .requirement > summary .level, .requirement > summary .cell { grid-column: 1 / 4; margin-left: 1.65rem; }
  .cell.none { display: none; }
  .cell .path { position: static; width: auto; height: auto; clip-path: none; color: var(--quiet); font-weight: 400; }
}
@media (max-width: 34rem) {
  .inside, main { padding-left: 1rem; padding-right: 1rem; }
  .banner { padding: 1.75rem 0 2rem; }
  .statement > .sign { width: 2.4rem; height: 2.4rem; margin-right: .8rem; }
  .figures { gap: .6rem; } .figures > div { padding: .8rem .8rem; } .figures .number { font-size: 1.7rem; }
  .card, #filters { padding: 1rem; }
  .suites li { grid-template-columns: 1rem minmax(0, 1fr); } .suites .counts { grid-column: 2; text-align: left; }
  .opened .facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .opened .facts dd { padding-bottom: .45rem; }
  .levels th, .levels td { padding: .35rem .4rem; } .levels th:last-child, .levels td:last-child { padding-right: 0; }
  .requirement > .opened { padding: .9rem .8rem 1rem; }
  .case > summary { grid-template-columns: 1rem minmax(0, 1fr) 1rem; } .case > summary::after { grid-area: 1 / 3; }
  .case .verdict { grid-column: 2; grid-row: 2; } .case > summary .meta { grid-column: 2; }
  .case > .opened { padding: .2rem .7rem .8rem; }
  .comparison > div { grid-template-columns: minmax(0, 1fr); } .comparison dt { padding-bottom: 0; }
  .buttons { margin-left: 0; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } summary::after { transition: transform .15s; } }
@media print {
  :root { --ground: #fff; --sunken: #fff; }
  body { font-size: 10pt; }
  .banner { color: #000; background: none !important; border-bottom: 3px solid; padding: 0 0 1rem; }
  .banner a, .statement > .sign { color: #000; --surface: #fff; } .pill { border-color: #000; }
  .figures > div { background: none; border: 1px solid; } .figures .all { fill: #ccc; } .figures .share { fill: #000; }
  #filters, .skip, .part button { display: none; }
  details:not(.passed):not(.absent)::details-content { content-visibility: visible; }
  .block { max-height: none; overflow: visible; }
  .requirement > summary, .case > summary, .exchange > summary, h3 { break-after: avoid; }
  a { color: inherit; }
}
`;
