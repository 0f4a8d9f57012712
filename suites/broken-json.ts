/** Bodies that are not JSON, each malformed by RFC 8259 in one way that some parser or other puts up with. */
import type { CaseOptions } from '../tools/graph/suite.ts';

export interface BrokenJson {
  /** As the object of “refuses …”. */
  readonly name: string;
  readonly body: string | Buffer;
  readonly options?: CaseOptions;
}

const added: CaseOptions = { since: 'call-mute/2026-11' };

export const cutOff = '{"clientContext": "cut off';

/** In ISO 8859-1, where an é is the byte E9: a JSON text is UTF-8 (RFC 8259, section 8.1). */
export const notUtf8 = Buffer.from('{"clientContext": "Zo\u00e9"}', 'latin1');

export const brokenJson: readonly BrokenJson[] = [
  { name: 'JSON that is cut off', body: cutOff },
  { name: 'text that is no JSON', body: 'clientContext=conformance' },
  { name: 'JSON with a comma too many', body: '{"clientContext": "comma",}' },
  { name: 'an object with text after it', body: '{"clientContext": "complete"} and more', options: added },
  { name: 'two objects', body: '{"clientContext": "first"}\n{"clientContext": "second"}', options: added },
  { name: 'JSON with a comment', body: '{"clientContext": "commented" /* here */}', options: added },
  { name: 'JSON in single quotes', body: "{'clientContext': 'single quotes'}", options: added },
  { name: 'JSON with a name without quotes', body: '{clientContext: "bare name"}', options: added },
  { name: 'JSON with NaN in it', body: '{"clientContext": "not a number", "padding": NaN}', options: added },
  { name: 'a body of spaces', body: '    ', options: added },
  { name: 'JSON that is not UTF-8', body: notUtf8, options: added },
];
