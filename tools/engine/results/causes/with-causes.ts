import { loadCatalogue } from '../../catalogue/catalogue.ts';
import { loadFaultSignatures } from '../../catalogue/fault-signatures.ts';
import type { Cause, Results } from '../results.ts';
import { type Explained, explainer } from './causes.ts';
import { evidenceOf } from './evidence.ts';

let explain: ((results: Explained) => Cause[]) | undefined;

/** The causes of a run, inferred from all known defects. */
export function causesOf(results: Explained): Cause[] {
  // To make ready what is known takes longer than the rest of a report.
  if (evidenceOf(results.cases).open.size === 0) return [];
  explain ??= explainer({ foundations: loadCatalogue().foundations, faults: loadFaultSignatures() });
  return explain(results);
}

/** Results with their causes, inferred from all known defects; what the results say of causes already is replaced. */
export function withCauses(results: Results): Results {
  return { ...results, causes: causesOf(results) };
}
