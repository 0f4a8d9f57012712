import { expect, it } from 'vitest';
import { bodyExcerpt } from './excerpt.ts';

it.each([
  ['', 'an empty body'],
  [' \n', 'an empty body'],
  ['{\n  "error": "x"\n}', '{ "error": "x" }'],
  [
    '<!DOCTYPE html>\n<html>\n<head><title>Error</title></head>\n<body>\n<pre>Cannot POST /beta</pre>\n</body>\n</html>',
    'an HTML page: Cannot POST /beta',
  ],
  ['<html><script>if (a < b) {}</script></html>', 'an HTML page'],
  ['<note>no page</note>', '<note>no page</note>'],
])('shows %j as %s', (text, shown) => {
  expect(bodyExcerpt(text, 100)).toBe(shown);
});

it('cuts what is long', () => {
  expect(bodyExcerpt(`<html>${'word '.repeat(100)}</html>`, 20)).toBe('an HTML page: word word word word …');
  expect(bodyExcerpt('x'.repeat(100), 3)).toBe('xxx…');
});
