/** Runs or targets side by side. */
export const tableStyles = `
.scrolling { overflow-x: auto; } .ranking td, .ranking th { text-align: left; } .ranking td:nth-child(n + 4), .ranking thead th:nth-child(n + 4) { text-align: right; } .ranking td:nth-child(3) { font-weight: 400; }
.comparison-table { overflow: auto; max-height: calc(100vh - 2rem); margin-top: 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: .6rem; }
.comparison-table table { width: 100%; }
.comparison-table th, .comparison-table td { padding: .4rem .9rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
.comparison-table thead th { border-top: 0; vertical-align: bottom; position: sticky; top: 0; z-index: 1; background: var(--surface); box-shadow: 0 1px var(--line); }
.comparison-table td a { color: inherit; }
.comparison-table tbody th { font-weight: 400; min-width: 11rem; } .comparison-table tbody th strong { font-weight: 600; }
.comparison-table td { min-width: 7.5rem; font-size: .9rem; } .comparison-table td.changed { background: var(--warned-tint); }
.comparison-table .group th { background: var(--sunken); font-weight: 600; font-size: .9rem; }
.comparison-table .figure { font-weight: 400; font-size: .85rem; color: var(--quiet); display: block; white-space: nowrap; }
`;
