/** The requirements, one below the other. */
export const matrixStyles = `
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

.untouched ul { padding-left: 1.2rem; font-size: .92rem; }
.untouched summary { display: flex; gap: .8rem; align-items: center; }
#nothing { padding: 1rem 0 2rem; }
.changes { margin-bottom: .8rem; } .changes summary { display: flex; gap: .8rem; align-items: center; }
.changes ul { margin: .8rem 0 0; padding: 0; list-style: none; display: grid; gap: .35rem; font-size: .92rem; }
`;
