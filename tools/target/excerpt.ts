import { cutText } from '../contract/cut-text.ts';

/**
 * The beginning of a text for a message. The ellipsis tells the reader that it was cut, and the redactor that a secret
 * may have been cut with it.
 */
export function excerpt(text: string, most: number): string {
  return text.length > most ? `${cutText(text, most)}…` : text;
}
