/** The top of the page. */
export const bannerStyles = `
.banner { color: #fff; background: var(--tone); padding: 2.5rem 0 2.75rem; }
.banner.passed { --tone: var(--banner-passed); }
.banner.failed { --tone: var(--banner-failed); }
.banner.unsettled { --tone: var(--banner-unsettled); } .banner.neutral { --tone: var(--banner-neutral); }
.banner .inside { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 25rem); gap: .5rem 3rem; align-items: end; }
.banner a { color: #fff; }
.banner :focus-visible { outline-color: #fff; }
.overline { grid-column: 1 / -1; font-size: .82rem; letter-spacing: .08em; text-transform: uppercase; opacity: .9; }
.statement { align-self: start; }
.statement > .sign { float: left; width: 3.4rem; height: 3.4rem; margin: .35rem 1.1rem 0 0; color: #fff; }
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
`;
