import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PayloadKind, Problem } from '../../graph/payloads/judge.ts';
import { pointerSegments } from '../../engine/catalogue/json-pointer.ts';

const folder = new URL('../../graph/fixtures/', import.meta.url);

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}

/** An example of the documentation, with ids and names of our own. */
export function documented(name: 'mute-response' | 'roster-update' | 'operation-update' | 'refusal'): unknown {
  return readJson(`documented/${name}.json`);
}

/** A payload of real traffic, with ids, names and messages of our own. */
export interface CapturedPayload {
  readonly name: string;
  readonly note: string;
  readonly as: PayloadKind;
  readonly partial: boolean;
  readonly breaks: readonly string[];
  readonly payload: unknown;
}

export function capturedPayloads(): CapturedPayload[] {
  return readdirSync(fileURLToPath(new URL('captured/', folder))).map((name) => ({
    ...(readJson(`captured/${name}`) as Omit<CapturedPayload, 'name'>),
    name: name.replace(/\.json$/, ''),
  }));
}

/** The promises that problems break and where; one that did not say what should be there would show. */
export function told(problems: readonly Problem[]): string[] {
  return problems.map(
    ({ requirement, pointer, expected }) => `${requirement} ${pointer}${expected === '' ? ': nothing expected' : ''}`,
  );
}

/** A copy with another value at a place, or without the member when the value is undefined. */
export function changed(payload: unknown, pointer: string, value: unknown): unknown {
  const [name, ...rest] = pointerSegments(pointer);
  if (name === undefined) return value;
  if (Array.isArray(payload)) {
    const copy: unknown[] = [...payload];
    const inside = changed(copy[Number(name)], rest.map((segment) => `/${segment}`).join(''), value);
    copy.splice(Number(name), 1, ...(inside === undefined ? [] : [inside]));
    return copy;
  }
  const members = payload as Record<string, unknown>;
  const { [name]: before, ...others } = members;
  const inside = changed(before, rest.map((segment) => `/${segment}`).join(''), value);
  return inside === undefined ? others : { ...members, [name]: inside };
}
