/** What gives way on narrow screens. */
export const narrowStyles = `
@media screen and (max-width: 62rem) {
  .banner .inside, .columns { grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
  .heads { display: none; }
  .requirement > summary { grid-template-columns: max-content max-content minmax(0, 1fr) 1rem; }
  .requirement > summary .name { grid-column: 1 / 4; }
  .requirement > summary::after { grid-area: 1 / 4; }
  .requirement > summary .level, .requirement > summary .cell { grid-column: 1 / 4; margin-left: 1.65rem; }
  #more > summary { display: block; } #more[open] > summary { padding-bottom: .5rem; }
  .cell.none { display: none; }
  .cell .path { position: static; width: auto; height: auto; clip-path: none; color: var(--quiet); font-weight: 400; }
}
@media screen and (max-width: 34rem) {
  .inside, main { padding-left: 1rem; padding-right: 1rem; }
  .banner { padding: 1.75rem 0 2rem; }
  .statement > .sign { width: 2.4rem; height: 2.4rem; margin-right: .8rem; }
  .figures { gap: .6rem; } .figures > div { padding: .8rem .8rem; } .figures .number { font-size: 1.7rem; }
  .card { padding: 1rem; }
  #filters { padding: .5rem .7rem; gap: .35rem; margin-inline: -.3rem; } .keys { display: none; }
  #position { min-width: 0; } .grow { flex-basis: 100%; }
  .finding { grid-template-columns: minmax(0, 1fr); } .finding dd { padding-bottom: .2rem; }
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
`;
