/** What a sign is cut from, and what is cut out of it: a page of many failures has thousands. */
const shapes: readonly (readonly [tone: string, solid: string, cut?: string])[] = [
  ['passed', "<circle cx='8' cy='8' r='8'/>", 'M4.4 8.4l2.4 2.4 4.8-5.2'],
  ['failed', "<path d='M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z'/>", 'M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6'],
  ['warned', "<path d='M8 .4l8 14.6H0z'/>", 'M8 6v4M8 12.4v.2'],
  ['known', "<rect width='16' height='16' rx='3'/>", 'M3.6 9c1.5-2.4 2.9-2.4 4.4-1s2.9 1.4 4.4-1'],
  [
    'unsettled',
    "<path d='M4.2 1h7.6L16 8l-4.2 7H4.2L0 8z'/>",
    'M6.2 6.4c0-2.2 3.6-2.2 3.6 0 0 1.3-1.8 1.4-1.8 2.8M8 11.2v.2',
  ],
  [
    'absent',
    "<circle cx='8' cy='8' r='7' fill='none' stroke='#000' stroke-width='1.5'/><path d='M5 8h6' stroke='#000' stroke-width='2' stroke-linecap='round'/>",
  ],
];

function drawn(solid: string, cut: string | undefined): string {
  const hole =
    cut === undefined
      ? solid
      : `<mask id='m'><path fill='#fff' d='M0 0h16v16H0z'/><path d='${cut}' fill='none' stroke='#000' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'/></mask><g mask='url(#m)'>${solid}</g>`;
  const picture = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>${hole}</svg>`;
  return `url("data:image/svg+xml,${picture.replaceAll(/[<>#]/g, encodeURIComponent)}")`;
}

/** The signs of the verdicts: shapes in the color of the text, on paper and where colors are forced as well. */
export const signStyles = `
.sign { display: inline-block; width: 1em; height: 1em; flex: none; vertical-align: -.12em; background: currentColor; mask: var(--shape) center / contain no-repeat; forced-color-adjust: none; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
${shapes.map(([tone, solid, cut]) => `.sign.${tone} { color: var(--${tone}); --shape: ${drawn(solid, cut)}; }`).join('\n')}
`;
