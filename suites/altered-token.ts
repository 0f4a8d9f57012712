/** Ways in which a valid bearer token is made a wrong one, each of which some comparison or other lets pass. */

interface Alteration {
  /** As the object of “answers … with 401”. */
  readonly name: string;
  /**
   * @param token the valid one
   * @param more letters and digits that no token begins or ends in
   * @returns undefined where the token cannot be altered so
   */
  readonly alter: (token: string, more: string) => string | undefined;
}

export const alterations: readonly Alteration[] = [
  { name: 'the token with more after it', alter: (token, more) => token + more },
  { name: 'the token with more before it', alter: (token, more) => more + token },
  { name: 'the token cut short', alter: (token) => (token.length > 1 ? token.slice(0, -1) : undefined) },
  { name: 'the token twice', alter: (token) => token + token },
  { name: 'the token with a letter in the other case', alter: withLetterInOtherCase },
];

/**
 * The letter nearest to the middle is changed: of the last one of a JSON Web Token, some bits may mean nothing
 * (RFC 4648, section 3.5).
 */
function withLetterInOtherCase(token: string): string | undefined {
  const middle = token.length / 2;
  const [nearest] = [...token.matchAll(/[a-z]/gi)].sort(
    (one, other) => Math.abs(one.index - middle) - Math.abs(other.index - middle),
  );
  if (nearest === undefined) return undefined;
  const [letter] = nearest;
  const changed = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return token.slice(0, nearest.index) + changed + token.slice(nearest.index + 1);
}
