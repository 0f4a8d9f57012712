import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { type FaultSignature, loadFaultSignatures } from '../../engine/catalogue/fault-signatures.ts';
import { explainer } from '../../engine/results/causes/causes.ts';
import type { Results } from '../../engine/results/results.ts';
import { rowId } from './traffic-results.ts';

/** A known defect as recorded traffic shows it: in the rows of the requirements that it breaks. */
export function inTraffic(fault: FaultSignature): FaultSignature {
  const rows = fault.violated.map((id) =>
    rowId(id.slice(0, id.indexOf('/')), id.endsWith('@app') ? '/app' : '/communications'),
  );
  return { ...fault, violated: [...new Set(rows)], unjudged: [] };
}

/** Results of recorded traffic with their causes. */
export function withTrafficCauses(results: Results): Results {
  const { foundations } = loadCatalogue();
  const explain = explainer({ foundations, faults: loadFaultSignatures().map(inTraffic) });
  return { ...results, causes: explain(results) };
}
