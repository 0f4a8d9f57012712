/** The style sheet of the matrix: a table that scrolls in both directions under its headings. */
export const matrixStyles = `
:root { color-scheme: light dark; --line: #8884; --good: #0b6b3f; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --good: #6fd39c; --bad: #ff9188; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 1.5rem 3rem; }
h1 { font-size: 1.6rem; margin: 1.5rem 0 .3rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; }
code, table { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .8rem; }
li { margin: .2rem 0; }
.wide { overflow: auto; max-height: 85vh; border: 1px solid var(--line); }
table { border-collapse: separate; border-spacing: 0; }
caption { text-align: left; padding: .4rem .6rem; font-family: system-ui, sans-serif; }
th, td { border-right: 1px solid var(--line); border-bottom: 1px solid var(--line); padding: 0 .25rem; }
td { min-width: 1rem; text-align: center; }
thead th, thead td { position: sticky; top: 0; background: Canvas; vertical-align: bottom; z-index: 1; }
thead th span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; font-weight: 400; padding: .3rem 0; }
thead th.must span { font-weight: 700; }
tbody th { position: sticky; left: 0; background: Canvas; text-align: left; font-weight: 400; white-space: nowrap; }
abbr { text-decoration: none; }
tr:hover td, tr:hover th { background: #8882; }
.proves, .killed, .green { color: var(--good); }
.besides { opacity: .6; }
.unexpected, .spared, .survived, .red { color: var(--bad); font-weight: 700; }
`;
