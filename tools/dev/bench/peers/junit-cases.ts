import { XMLParser } from 'fast-xml-parser';

interface JunitCase {
  readonly name: string;
  readonly failure?: unknown;
  readonly error?: unknown;
  readonly skipped?: unknown;
}

/** The cases of a JUnit file with one suite, but for those that were skipped. */
export function junitCases(xml: string): { readonly name: string; readonly failed: boolean }[] {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
  const { testsuite } = parser.parse(xml) as {
    testsuite?: { testcase?: JunitCase | readonly JunitCase[] };
  };
  const cases = testsuite?.testcase ?? [];
  return (Array.isArray(cases) ? (cases as readonly JunitCase[]) : [cases as JunitCase])
    .filter(({ skipped }) => skipped === undefined)
    .map(({ name, failure, error }) => ({ name, failed: failure !== undefined || error !== undefined }));
}
