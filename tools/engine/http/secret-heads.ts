import type { Form } from './secret-forms.ts';

/** What a writing of a character that is not the character itself begins with. */
const escapes = /[%&\\]/;

/** A place in the beginnings of secrets, and what may follow it. */
interface Node {
  /** The places that may come next, by their sources. */
  readonly next: Map<string, Branch>;
  /** The same by the character that may stand there, where it is written as itself. */
  readonly byCharacter: Map<string, Branch[]>;
  /** The forms whose beginning ends here. */
  readonly forms: Form[];
}

interface Branch {
  readonly place: RegExp;
  readonly node: Node;
}

const emptyNode = (): Node => ({ next: new Map(), byCharacter: new Map(), forms: [] });

/** The characters that may stand at a place as they are: the last of its writings, and what base64url has for it. */
function charactersAt(source: string, likely: Iterable<string>): string[] {
  const whole = new RegExp(`^(?:${source})$`);
  return [...likely].filter((character) => whole.test(character));
}

const codeOf = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Whether a character that is written as itself takes two units. */
const isHalf = (unit: string) => /[\uD800-\uDBFF]/.test(unit);

/**
 * Where a form may begin: at an escape, or at a character that may come first before one that may come second. A text
 * without secrets has few such places, and many at which one character would do.
 */
function firstTwo({ byCharacter }: Node): RegExp {
  const ofSeconds = new Map<string, string[]>();
  for (const [unit, branches] of byCharacter) {
    const isFree = isHalf(unit) || branches.some(({ node }) => node.forms.length > 0);
    const units = branches.flatMap(({ node }) => [...node.byCharacter.keys()]);
    const seconds = isFree ? '' : `(?=[%&\\\\${[...new Set(units)].toSorted().map(codeOf).join('')}])`;
    ofSeconds.set(seconds, [...(ofSeconds.get(seconds) ?? []), unit]);
  }
  const plain = [...ofSeconds].map(([seconds, units]) => `[${units.map(codeOf).join('')}]${seconds}`);
  return new RegExp(['[%&\\\\]', ...plain].join('|'), 'g');
}

/**
 * Finds where a text may hold a secret by the beginnings of all of them at once, so that thousands of secrets cost little
 * more than one.
 * @param forms in which the secrets may be written
 * @param length of a beginning, in places
 */
export class SecretHeads {
  readonly #root = emptyNode();
  readonly #first: RegExp;

  constructor(forms: readonly Form[], length: number) {
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    const known = new Map<string, { readonly place: RegExp; readonly characters: readonly string[] }>();
    const readPlace = (source: string) => {
      const there = known.get(source);
      if (there !== undefined) return there;
      // A character beyond ASCII stands in its own source.
      const characters = charactersAt(source, new Set([...ascii, ...source]));
      const read = { place: new RegExp(source, 'y'), characters };
      known.set(source, read);
      return read;
    };
    for (const form of forms) {
      let node = this.#root;
      for (const source of form.places.slice(0, length)) {
        let branch = node.next.get(source);
        if (branch === undefined) {
          const { place, characters } = readPlace(source);
          branch = { place, node: emptyNode() };
          node.next.set(source, branch);
          for (const character of characters) {
            const [unit = ''] = character.split('');
            node.byCharacter.set(unit, [...(node.byCharacter.get(unit) ?? []), branch]);
          }
        }
        node = branch.node;
      }
      node.forms.push(form);
    }
    this.#first = firstTwo(this.#root);
  }

  /** The next place of a text, from `from` on, where forms begin; undefined where there is none. */
  next(text: string, from: number): { readonly at: number; readonly forms: readonly Form[] } | undefined {
    this.#first.lastIndex = from;
    for (let found = this.#first.exec(text); found !== null; found = this.#first.exec(text)) {
      const at = found.index;
      const forms = this.#formsAt(text, at, this.#root);
      if (forms.length > 0) return { at, forms };
      this.#first.lastIndex = at + 1;
    }
    return undefined;
  }

  #formsAt(text: string, at: number, { forms, next, byCharacter }: Node): Form[] {
    const character = text.charAt(at);
    const branches = escapes.test(character) ? next.values() : (byCharacter.get(character) ?? []);
    const found = [...forms];
    for (const { place, node } of branches) {
      place.lastIndex = at;
      if (place.test(text)) found.push(...this.#formsAt(text, place.lastIndex, node));
    }
    return found;
  }
}
