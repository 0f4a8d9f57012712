/** What stands above the requirements: causes, summary, counts. */
export const cardStyles = `
main { padding-top: 2.25rem; padding-bottom: 3rem; }
main > section { margin-bottom: 2.75rem; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.25rem; margin-bottom: 1.25rem; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem 1.4rem; }
.stack { display: grid; gap: 1.25rem; align-content: start; }
.to-do ul { margin: 0 0 .6rem; padding-left: 1.2rem; font-size: .92rem; display: grid; gap: .25rem; }
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
.first-look.warned { border-left-color: var(--warned); } .first-look.unsettled { border-left-color: var(--unsettled); }
.first-look ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.1rem; }
.first-look li { display: grid; grid-template-columns: 1.2rem minmax(0, 1fr); gap: .6rem; }
.first-look .sign { margin-top: .3rem; }
.first-look a { font-weight: 650; }
.finding { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem .7rem; margin: .3rem 0; font-size: .92rem; }
.finding dt { color: var(--quiet); } .finding dd { margin: 0; }
.cause-statement { font-weight: 600; } .holds { font-weight: 400; color: var(--quiet); } .lead { margin: -.6rem 0 1rem; }
.causes ol { gap: 1.4rem; } .causes li a { font-weight: 400; } .causes li .meta:first-of-type a { font-weight: 600; }
.follow summary { font-size: .88rem; width: max-content; max-width: 100%; } .follow summary::after { display: inline-block; margin-left: .6rem; vertical-align: .1em; }
.follow ul { list-style: none; margin: .4rem 0 0; padding: 0; font-size: .86rem; display: grid; gap: .15rem; } .causes .follow li { display: block; } .follow .sign { margin-top: 0; }
.finding code { white-space: pre-wrap; background: var(--sunken); padding: .05rem .3rem; border-radius: .25rem; }
.meta, .remark { color: var(--quiet); font-size: .88rem; }
`;
