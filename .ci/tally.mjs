/**
 * Adds up what the runners wrote and prints the closing line of the gate.
 * usage: tally.mjs FOLDER [FAILED STEP …]
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [folder = '.', ...failedSteps] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
  const counts = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
  // Vitest's JSON has Jest's names; the README check has the plain ones.
  total.passed += counts.numPassedTests ?? counts.passed;
  total.failed += counts.numFailedTests ?? counts.failed;
  total.skipped += (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0) + (counts.skipped ?? 0);
}
for (const step of failedSteps) process.stdout.write(`failed step: ${step}\n`);
// A step without tests of its own, such as the linter, counts as one.
const failed = Math.max(total.failed, failedSteps.length);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.stdout.write(`${total.passed} passed, ${failed} failed${skipped}\n`);
process.exit(failed > 0 || total.passed === 0 ? 1 : 0);
