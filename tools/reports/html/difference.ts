/** A piece of a text, and whether the other text has it at this place. */
export interface Piece {
  text: string;
  same: boolean;
}

/** Two texts taken apart into what they share and what only one of them has. */
export interface Difference {
  expected: Piece[];
  actual: Piece[];
}

/** Beyond this many comparisons the texts are shown as they are. */
const comparisonsAtMost = 250_000;
/** Texts that share less than this are different altogether: marking single words would not help. */
const likeness = 0.3;

/** A UUID is one word. */
const word = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/giu;

/** What differs between two texts, word by word; the pieces of each joined are the text again. */
export function difference(expected: string, actual: string): Difference {
  const one = words(expected);
  const other = words(actual);
  const whole = { expected: [{ text: expected, same: true }], actual: [{ text: actual, same: true }] };
  if (one.length * other.length > comparisonsAtMost) return whole;
  const common = commonWords(one, other);
  const shared = common.filter(([at]) => /\S/.test(one[at] ?? '')).length;
  const longest = Math.max(...[one, other].map((list) => list.filter((word) => /\S/.test(word)).length));
  if (longest === 0 || shared / longest < likeness) return whole;
  return {
    expected: pieces(one, new Set(common.map(([at]) => at))),
    actual: pieces(other, new Set(common.map(([, at]) => at))),
  };
}

function words(text: string): string[] {
  return text.match(word) ?? [];
}

/** The longest common subsequence, as pairs of places. */
function commonWords(one: readonly string[], other: readonly string[]): [number, number][] {
  const width = other.length + 1;
  const lengths = new Uint32Array((one.length + 1) * width);
  const length = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        one[row] === other[column]
          ? length(row + 1, column + 1) + 1
          : Math.max(length(row + 1, column), length(row, column + 1));
    }
  }
  const pairs: [number, number][] = [];
  let [row, column] = [0, 0];
  while (row < one.length && column < other.length) {
    if (one[row] === other[column]) {
      pairs.push([row, column]);
      row += 1;
      column += 1;
    } else if (length(row + 1, column) >= length(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

function pieces(list: readonly string[], common: ReadonlySet<number>): Piece[] {
  const found: Piece[] = [];
  list.forEach((text, at) => {
    const same = common.has(at);
    const last = found.at(-1);
    if (last?.same === same) last.text += text;
    else found.push({ text, same });
  });
  return found;
}
