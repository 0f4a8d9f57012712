/** A case and its transcript. */
export const caseStyles = `
.case { border: 1px solid var(--line); border-radius: .5rem; margin-top: .7rem; background: var(--ground); }
.case .case { margin-top: 0; } .twin { padding: .4rem .8rem; font-size: .88rem; color: var(--quiet); }
.case.current { outline: 3px solid var(--focus); outline-offset: 1px; }
.repeat > .step { font-size: .88rem; } p.repeat { font-size: .88rem; }
.actions { display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: center; font-size: .88rem; } .actions button { font-size: .88rem; min-height: 1.8rem; padding: .05rem .7rem; }
.actions textarea { width: 100%; font: .86rem/1.4 var(--mono); color: var(--text); background: var(--sunken); border: 1px solid var(--quiet); border-radius: .35rem; padding: .6rem .8rem; }
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
.block { margin: 0; padding: .6rem .8rem; background: var(--sunken); border-radius: .35rem; line-height: 1.45; font-size: .79rem; white-space: pre-wrap; max-height: 30rem; overflow: auto; }
.part button { font-size: .8rem; min-height: 1.6rem; padding: .05rem .6rem; }
.problems { margin: 0; padding-left: 1.2rem; color: var(--failed); font-size: .9rem; }
.timeline { margin: 0; background: var(--surface); border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .9rem .6rem; }
.timeline svg { display: block; background: repeating-linear-gradient(transparent 0 23px, var(--line) 23px 24px, transparent 24px 38px); }
.timeline text { font-size: .82rem; fill: var(--text); }
.timeline .span { stroke: var(--link); stroke-width: 7; stroke-linecap: round; }
.timeline .arrival { fill: var(--warned); stroke: var(--surface); stroke-width: 1.5; }
.timeline .zero { stroke: var(--quiet); stroke-dasharray: 2 4; }
.timeline figcaption { font-size: .8rem; color: var(--quiet); padding-top: .3rem; }
`;
