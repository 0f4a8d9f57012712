import { styleText } from 'node:util';
import type { Verdict } from '../engine/results/results.ts';
import { printable } from './printable.ts';

/** What the terminal can show. */
export interface Terminal {
  colour: boolean;
  /** In columns. */
  width: number;
  /** False where the locale has no UTF-8: everything beyond ASCII is then written in an ASCII form. */
  unicode: boolean;
}

const colourNames = ['bold', 'dim', 'green', 'red', 'yellow'] as const;
type Colours = Readonly<Record<(typeof colourNames)[number], (text: string) => string>>;

/** Whether there are colours has been decided already, which Node would decide again by its own standard output. */
const paint = (name: keyof Colours, text: string) => styleText(name, text, { validateStream: false });

function coloursOf(colour: boolean): Colours {
  return Object.fromEntries(
    colourNames.map((name) => [name, colour ? (text: string) => paint(name, text) : (text: string) => text]),
  ) as Colours;
}

const narrowest = 40;

const signs: Partial<Record<Verdict, string>> = {
  passed: '✓',
  failed: '✗',
  'unexpected-pass': '✗',
  warned: '!',
  'expected-failure': '~',
  'not-applicable': '–',
};

/** What the words of the reports look like on one terminal. */
export class Style {
  readonly width: number;
  readonly colours: Colours;
  readonly #unicode: boolean;

  constructor({ colour, width, unicode }: Terminal) {
    this.width = Math.max(narrowest, width);
    this.colours = coloursOf(colour);
    this.#unicode = unicode;
  }

  /** The verdict as one sign, never told by its colour alone. */
  sign(verdict: Verdict): string {
    const { green, red, yellow, dim } = this.colours;
    const sign = this.plainSign(verdict);
    if (verdict === 'passed') return green(sign);
    if (verdict === 'failed' || verdict === 'unexpected-pass') return red(sign);
    return verdict === 'not-applicable' ? dim(sign) : yellow(sign);
  }

  /** The same without its colour, for texts that are painted whole. */
  plainSign(verdict: Verdict): string {
    return signs[verdict] ?? '?';
  }

  /** Breaks a text between words so that it fits the width behind an indentation; longer words stay whole. */
  wrapped(text: string, indentation: number): string[] {
    const room = Math.max(20, this.width - indentation);
    const lines: string[] = [];
    for (const paragraph of printable(text).split('\n')) {
      let line = '';
      for (const word of paragraph.split(' ')) {
        if (line !== '' && line.length + 1 + word.length > room) {
          lines.push(line);
          line = word;
        } else line = line === '' ? word : `${line} ${word}`;
      }
      lines.push(line);
    }
    return lines;
  }

  /** A labelled text with a hanging indentation: the label once, continuation lines below the text. */
  labelled(label: string, text: string, indentation: number, labelWidth: number): string[] {
    const hanging = indentation + labelWidth;
    return this.wrapped(text, hanging).map((line, index) => {
      const start = index === 0 ? this.colours.dim(label.padEnd(labelWidth)) : ' '.repeat(labelWidth);
      return `${' '.repeat(indentation)}${start}${line}`;
    });
  }

  /** The whole report as it goes to the terminal. */
  finished(text: string): string {
    return this.#unicode ? text : ascii(text);
  }
}

const substitutes: Record<string, string> = { '✓': '+', '✗': 'x', '–': '-', '…': '...', '·': '-', '’': "'" };

function ascii(text: string): string {
  return text.replace(
    /[^\u0000-\u007f]/gu,
    (character) => substitutes[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
