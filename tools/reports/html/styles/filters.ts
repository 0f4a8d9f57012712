/** The filters, and the way from failure to failure. */
export const filterStyles = `
#filters { position: sticky; top: 0; z-index: 1; background: var(--surface); border: 1px solid var(--line); border-radius: 0 0 .75rem .75rem; padding: .7rem 1.1rem; margin-bottom: 1.5rem; display: grid; gap: .5rem; box-shadow: 0 .3rem .8rem rgb(0 0 0 / .08); }
.row { display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center; border: 0; margin: 0; padding: 0; min-width: 0; }
.walk { display: flex; flex-wrap: wrap; gap: .4rem .6rem; align-items: center; font-size: .88rem; color: var(--quiet); }
.walk button { font-weight: 600; } #position { min-width: 7em; }
.keys { display: inline-flex; gap: .3rem; align-items: center; cursor: pointer; } .keys input { margin: 0; accent-color: var(--text); }
kbd { font-family: var(--mono); font-size: .85em; border: 1px solid var(--quiet); border-bottom-width: 2px; border-radius: .25rem; padding: 0 .35rem; color: var(--text); }
#shown { font-size: .88rem; color: var(--quiet); }
#more > summary { display: none; font-size: .88rem; }
#more > summary::after { display: inline-block; margin-left: .6rem; vertical-align: .1em; }
.field { font-size: .88rem; color: var(--quiet); }
.field { display: grid; gap: .2rem; min-width: 0; max-width: 100%; grid-template-columns: minmax(0, 1fr); } .grow { flex: 1 1 14rem; }
input[type=search], select, button { font: inherit; font-size: .95rem; color: var(--text); background: var(--ground); border: 1px solid var(--quiet); border-radius: .45rem; padding: .25rem .7rem; min-height: 2.1rem; }
input[type=search], select { width: 100%; }
button { cursor: pointer; } button:hover { background: var(--line); }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; margin-left: auto; }
.chip { display: inline-flex; align-items: center; gap: .4rem; border: 1px solid var(--line); border-radius: 2rem; padding: .1rem .7rem; cursor: pointer; font-size: .88rem; min-height: 1.75rem; }
.chip:has(:checked) { border-color: var(--text); background: var(--sunken); font-weight: 600; }
.chip input { margin: 0; accent-color: var(--text); }
.chip .count { color: var(--quiet); font-variant-numeric: tabular-nums; }
`;
