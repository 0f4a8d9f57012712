/**
 * The beginning of a text, as a text of its own: a mere slice would keep all of what it is a slice of in memory.
 * @returns at most so many characters, never half of a surrogate pair; the text itself when it is no longer than that
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return Buffer.from(text.slice(0, end), 'utf16le').toString('utf16le');
}
