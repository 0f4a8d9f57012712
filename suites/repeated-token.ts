/** A real token is far longer; letters like those of a shorter one stand in any text. */
const unmistakableLength = 8;

/** Whether a text repeats a bearer token; a short one only where it is a word of its own. */
export function repeatsToken(text: string, token: string): boolean {
  if (token.length >= unmistakableLength) return text.includes(token);
  return text.split(/[^\w.~+/-]+/).includes(token);
}
