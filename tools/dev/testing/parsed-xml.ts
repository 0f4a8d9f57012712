/** An XML element as the tests read it. */
export interface ParsedElement {
  name: string;
  attributes: Record<string, string>;
  children: ParsedElement[];
  /** The text directly inside, without that of children. */
  text: string;
}

const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/;
const token = /<(\/?)([A-Za-z-]+)((?:\s+[a-z-]+="[^"<]*")*)\s*(\/?)>|<!\[CDATA\[(.*?)\]\]>|([^<]+)/gsy;
const attribute = /([a-z-]+)="([^"]*)"/g;
const forbidden = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([a-z]+));|&/g, (match, hex, decimal, name) => {
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
    const character = typeof name === 'string' ? entities[name] : code <= 0x10ffff ? String.fromCodePoint(code) : '';
    if (character === undefined || character === '' || forbidden.test(character))
      throw new Error(`not well-formed: ${match}`);
    return character;
  });
}

/**
 * A strict reader of the part of XML 1.0 that JUnit files need: no comments, processing instructions or document
 * types, and double quotes only. Lenient readers would hide what a CI system refuses.
 * @throws Error for everything else, and for what is not well-formed.
 */
export function parseXml(xml: string): ParsedElement {
  const bad = forbidden.exec(xml);
  if (bad !== null) throw new Error(`forbidden character ${JSON.stringify(bad[0])} at ${String(bad.index)}`);
  const start = declaration.exec(xml)?.[0].length;
  if (start === undefined) throw new Error('no declaration');
  const io: ParsedElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [io];
  token.lastIndex = start;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const [match, close, name = '', attributes = '', empty, section, text] = token.exec(xml) ?? [];
    const parent = open.at(-1);
    if (match === undefined || parent === undefined) throw new Error(`not well-formed: ${xml.slice(at, at + 80)}`);
    if (text !== undefined) {
      if (text.includes(']]>')) throw new Error(`]]> in character data: ${text}`);
      parent.text += decoded(text);
    }
    if (section !== undefined) {
      parent.text += section;
      continue;
    }
    if (text === undefined && close === '/') {
      if (parent.name !== name) throw new Error(`</${name}> closes <${parent.name}>`);
      open.pop();
    } else if (text === undefined) {
      const element: ParsedElement = { name, attributes: {}, children: [], text: '' };
      for (const [, key = '', value = ''] of attributes.matchAll(attribute)) {
        if (key in element.attributes) throw new Error(`attribute ${key} twice`);
        element.attributes[key] = decoded(value);
      }
      parent.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  const [root, ...others] = io.children;
  if (root === undefined || others.length > 0 || open.length !== 1 || io.text.trim() !== '') {
    throw new Error('not one element, closed at the end');
  }
  return root;
}
