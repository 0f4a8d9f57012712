import { expect, test } from 'vitest';
import { folded, forLog, logReader, type LogReader } from './ci-log.ts';

test.each<[LogReader, Record<string, string>]>([
  ['github', { GITHUB_ACTIONS: 'true' }],
  ['gitlab', { GITLAB_CI: 'true' }],
  ['azure', { TF_BUILD: 'True' }],
  ['plain', { CI: 'true', GITHUB_ACTIONS: 'false' }],
  ['plain', {}],
])('%s by its variables', (reader, environment) => {
  expect(logReader(environment)).toBe(reader);
});

const text = ['before', ...folded('One', ['a', 'b']), 'between', ...folded('Two', ['c'])].join('\n');

test.each<[LogReader, string[]]>([
  ['plain', ['before', 'a', 'b', 'between', 'c']],
  ['github', ['before', '::group::One', 'a', 'b', '::endgroup::', 'between', '::group::Two', 'c', '::endgroup::']],
  ['azure', ['before', '##[group]One', 'a', 'b', '##[endgroup]', 'between', '##[group]Two', 'c', '##[endgroup]']],
  [
    'gitlab',
    [
      'before',
      '\u001b[0Ksection_start:7:conformance_1[collapsed=true]\r\u001b[0KOne',
      'a',
      'b',
      '\u001b[0Ksection_end:7:conformance_1\r\u001b[0K',
      'between',
      '\u001b[0Ksection_start:7:conformance_2[collapsed=true]\r\u001b[0KTwo',
      'c',
      '\u001b[0Ksection_end:7:conformance_2\r\u001b[0K',
    ],
  ],
])('folds for %s', (reader, lines) => {
  expect(forLog(text, reader, 7)).toBe(lines.join('\n'));
});

test('nothing is folded where there is nothing', () => {
  expect(folded('One', [])).toEqual([]);
});

test.each<[LogReader, string, string]>([
  ['github', '    ::error::no', '    : :error::no'],
  ['github', '::endgroup::', ': :endgroup::'],
  ['github', 'a ##[add-mask]b', 'a ## [add-mask]b'],
  ['github', 'a::b', 'a::b'],
  ['azure', 'a ##vso[task.complete]', 'a ## vso[task.complete]'],
  ['azure', '##[group]x', '## [group]x'],
  ['plain', '::error::no', '::error::no'],
])('%s obeys nothing that a target says: %s', (reader, line, expected) => {
  expect(forLog(line, reader, 7)).toBe(expected);
});
