import { isSeq, LineCounter, parseDocument } from 'yaml';
import type { components } from '../../../specs/generated/known-issues.ts';
import { schemaFileValidator } from '../catalogue/json-schema.ts';
import { readYaml } from '../catalogue/schema-file.ts';
import type { ListedIssue } from './results.ts';

type KnownIssuesFile = components['schemas']['knownIssues'];

/**
 * Reads a known-issues file.
 * @param file its name, for messages
 * @returns the entries, each with the line on which it begins
 * @throws ConfigurationError when it is not YAML, or against specs/known-issues.schema.json (naming path and line)
 */
export function readKnownIssues(text: string, file: string): ListedIssue[] {
  const validator = schemaFileValidator<KnownIssuesFile>('known-issues.schema.json');
  const { issues } = readYaml(text, { file, validator });
  const lines = new LineCounter();
  const list = parseDocument(text, { lineCounter: lines }).get('issues');
  return (issues ?? []).map((issue, index) => {
    const item = isSeq(list) ? list.items[index] : undefined;
    const start =
      typeof item === 'object' && item !== null && 'range' in item ? (item.range as number[])[0] : undefined;
    return { ...issue, ...(start !== undefined && { line: lines.linePos(start).line }) };
  });
}
