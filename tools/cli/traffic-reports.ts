import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type JunitChoice, junitOptions, readFormats, writeReports } from '../api/run/reports.ts';
import { loadCatalogue } from '../engine/catalogue/catalogue.ts';
import { packageVersion } from '../engine/catalogue/package-root.ts';
import { withTrafficCauses } from '../graph/traffic/traffic-causes.ts';
import { trafficResults } from '../graph/traffic/traffic-results.ts';
import type { CheckedTraffic } from './check-traffic.ts';
import type { CommandIo } from './command-io.ts';

export interface TrafficReportOptions extends JunitChoice {
  readonly formats?: readonly string[];
}

/**
 * Writes results.json of recorded traffic and the reports rendered from it, as a run does.
 * @throws ConfigurationError for a format that there is not, and when the folder cannot be written
 */
export async function writeTrafficReports(
  { judged, redactor }: CheckedTraffic,
  reportDir: string,
  { formats: names, ...choice }: TrafficReportOptions,
  { workingDirectory }: Pick<CommandIo, 'workingDirectory'>,
): Promise<void> {
  const formats = readFormats(names);
  const folder = path.resolve(workingDirectory, reportDir);
  const run = { id: randomUUID(), startedAt: new Date().toISOString(), suiteVersion: packageVersion() };
  const results = redactor.deep(withTrafficCauses(trafficResults(judged, run, loadCatalogue())));
  const junit = junitOptions(folder, choice, formats, workingDirectory, false);
  await writeReports(results, folder, formats, { junit });
}
