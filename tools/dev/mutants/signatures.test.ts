import { describe, expect, it } from 'vitest';
import { type FaultSignature, packSignatures, unpackSignatures } from '../../engine/catalogue/fault-signatures.ts';
import { staleSignatures } from './signatures.ts';

const ids = Array.from({ length: 10 }, (_, index) => `status.success/case-${index}`);
const signature = (id: string, violated: string[], unjudged: string[] = []): FaultSignature => ({
  id,
  summary: `Does ${id}`,
  breaks: ['status.success'],
  violated,
  unjudged,
});

describe('the file of signatures', () => {
  it('gives back what was written, a line for each case that is used and each fault', () => {
    const signatures = [signature('one', ids.slice(0, 2), ids.slice(5, 6)), signature('two', ids.slice(1, 2))];
    const text = packSignatures(signatures, ids);
    expect(unpackSignatures(text)).toEqual(signatures);
    expect(text.trimEnd().split('\n')).toHaveLength(1 + 3 + 1 + 2 + 1);
  });
});

describe('a signature is out of date', () => {
  const stored = [{ ...signature('one', ids), says: ['it is 201'] }];
  it.each<[string, FaultSignature[], string[], string[]]>([
    ['not when it is the same', [signature('one', ids)], [], []],
    ['not for one case of ten', [signature('one', ids.slice(1))], [], []],
    ['for three of ten', [signature('one', ids.slice(3))], [], ['one']],
    ['not where the fault strikes others each time', [signature('one', ids.slice(3))], ['one'], []],
    ['when cases cannot judge that failed', [signature('one', [], ids)], [], ['one']],
    ['when the fault is described otherwise', [{ ...signature('one', ids), summary: 'Does more' }], ['one'], ['one']],
    ['when it says something else', [{ ...signature('one', ids), says: ['nothing came'] }], [], ['one']],
    ['not where it says the same', [{ ...signature('one', ids), says: ['it is 201, not 200'] }], [], []],
    ['when the fault is new or gone', [signature('two', ids)], [], ['two', 'one']],
  ])('%s', (_name, fresh, unsteady, subjects) => {
    expect(staleSignatures(stored, fresh, new Set(unsteady)).map(({ subject }) => subject)).toEqual(subjects);
  });
});
