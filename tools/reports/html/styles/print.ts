/** On paper: what is wrong and how it stands, without the cases; those are in the file. */
export const printStyles = `
@media print {
  :root { --ground: #fff; --sunken: #fff; }
  html { font-size: 9pt; } main { padding-top: 1rem; } main > section { margin-bottom: 1.2rem; }
  .banner .inside { grid-template-columns: minmax(0, 1fr) 18rem; }
  .banner { color: #000; background: none !important; border-bottom: 3px solid; padding: 0 0 1rem; }
  .banner a, .statement > .sign { color: #000; } .pill { border-color: #000; }
  .figures > div { background: none; border: 1px solid; } .figures .all { fill: #ccc; } .figures .share { fill: #000; }
  #filters, .skip, summary::after, details > :not(summary) { display: none; }
  .requirement.passed, .requirement.absent, .untouched, .suite:not(:has(> .requirement:not(.passed, .absent))) { display: none; }
  .causes ol { gap: .5rem; } .cause:nth-child(n + 13) > div > p { display: inline; } .cause:nth-child(n + 13) > div > :nth-child(n + 3) { display: none; }
  .requirement, .cause, .card li { break-inside: avoid; } h2, h3, .heads { break-after: avoid; }
  .heads, .requirement > summary { grid-template-columns: minmax(0, 1fr) 4.5rem 9rem 9rem; } .requirement > summary { padding-block: .1rem; } .suite { margin-bottom: .8rem; }
  .comparison-table { max-height: none; overflow: visible; } .comparison-table thead th { position: static; }
  a { color: inherit; }
}
`;
