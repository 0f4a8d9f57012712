import { cutText } from '../catalogue/cut-text.ts';

/**
 * The beginning of a text for a message. The ellipsis tells the reader that it was cut, and the redactor that a secret
 * may have been cut with it.
 */
export function excerpt(text: string, most: number): string {
  return text.length > most ? `${cutText(text, most)}…` : text;
}

/**
 * The body of an answer for a message, on one line; of an HTML page what a reader would see of it.
 * @param most characters of the body
 */
export function bodyExcerpt(text: string, most: number): string {
  if (text.trim() === '') return 'an empty body';
  const beginning = cutText(text, 20_000);
  if (!/^\s*(<!doctype html|<html[\s>])/i.test(beginning))
    return excerpt(beginning.replaceAll(/\s+/g, ' ').trim(), most);
  const words = beginning
    .replaceAll(/<(script|style|head)\b.*?<\/\1>/gis, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return words === '' ? 'an HTML page' : `an HTML page: ${excerpt(words, most)}`;
}
