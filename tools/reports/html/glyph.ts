import type { Verdict } from '../../engine/results/results.ts';
import { html, type Markup } from './markup.ts';

/** The family of a verdict: its colour and its sign. Nothing is told by the colour alone. */
export type Tone = 'passed' | 'failed' | 'warned' | 'known' | 'unsettled' | 'absent';

export function toneOf(verdict: Verdict): Tone {
  switch (verdict) {
    case 'passed':
    case 'warned':
    case 'failed':
      return verdict;
    case 'unexpected-pass':
      return 'failed';
    case 'expected-failure':
      return 'known';
    case 'not-applicable':
      return 'absent';
    default:
      return 'unsettled';
  }
}

/** The sign of a tone, for eyes only: the word must stand beside it. The style sheet draws it. */
export function sign(tone: Tone): Markup {
  return html`<i class="sign ${tone}"></i>`;
}

const favicons: Record<'passed' | 'failed' | 'unsettled' | 'neutral', string> = {
  neutral: "%3Cpath d='M1 1h6v6H1zM9 1h6v6H9zM1 9h6v6H1zM9 9h6v6H9z' fill='%230a5fb4'/%3E",
  passed:
    "%3Ccircle cx='8' cy='8' r='8' fill='%230b6b3f'/%3E%3Cpath d='M4 8.5l2.7 2.7 5.3-6' fill='none' stroke='%23fff' stroke-width='2'/%3E",
  failed:
    "%3Cpath d='M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z' fill='%23b3261e'/%3E%3Cpath d='M5 5l6 6M11 5l-6 6' stroke='%23fff' stroke-width='2'/%3E",
  unsettled:
    "%3Cpath d='M4.2 1h7.6L16 8l-4.2 7H4.2L0 8z' fill='%238a5300'/%3E%3Cpath d='M8 4v5M8 11v1' stroke='%23fff' stroke-width='2'/%3E",
};

/** The verdict of the run in the tab of the browser, as a data URL. */
export function favicon(tone: keyof typeof favicons): string {
  return `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E${favicons[tone]}%3C/svg%3E`;
}
