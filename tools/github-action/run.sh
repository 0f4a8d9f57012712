#!/usr/bin/env bash
# Runs the suite for the composite action in this folder and sets its outputs. The exit code is that of the suite.
set -uo pipefail

report_dir=${INPUT_REPORT_DIR:-conformance-report}
# The outputs are read from what this run writes there. Nothing else in the folder is touched.
rm -f -- "$report_dir"/results.json "$report_dir"/*/results.json
words=(--report-dir "$report_dir")
# An input of only white space is treated as empty, like the output of a step that wrote none.
base_url=${INPUT_BASE_URL-}
base_url=${base_url//[[:space:]]/}
target=${INPUT_TARGET-}
target=${target//[[:space:]]/}
[ -n "$base_url" ] && words+=(--base-url "$INPUT_BASE_URL")
if [ -n "$target" ]; then
  # Spaces separate targets. The suite expands globs, and reports those that match nothing.
  read -ra targets <<<"$INPUT_TARGET"
  words+=(--target "${targets[@]}")
fi
[ -n "${INPUT_TOKEN_ENV:-}" ] && words+=(--token-env "$INPUT_TOKEN_ENV")
[ -n "${INPUT_KNOWN_ISSUES:-}" ] && words+=(--known-issues "$INPUT_KNOWN_ISSUES")
[ -n "${INPUT_REQUIREMENT_SET:-}" ] && words+=(--requirement-set "$INPUT_REQUIREMENT_SET")
[ -n "${INPUT_RATCHET:-}" ] && words+=(--ratchet "$INPUT_RATCHET")
[ -n "${INPUT_BASELINE:-}" ] && words+=(--baseline "$INPUT_BASELINE")
[ -n "${INPUT_WAIT:-}" ] && words+=(--wait "$INPUT_WAIT")
[ "${INPUT_STRICT:-false}" = true ] && words+=(--strict)
# Split at spaces and line breaks, without quoting or globs.
while read -ra more; do words+=("${more[@]}"); done <<<"${INPUT_ARGS:-}"

# Never test the embedded emulator by accident instead of the target. The environment of the job may name a target, too.
problem=
if [ -z "$base_url$target${CALL_MUTE_BASE_URL:-}${CALL_MUTE_TARGET:-}" ]; then
  [ "${INPUT_EMBEDDED:-false}" = true ] ||
    problem='The inputs base-url and target are empty: set the base URL of the target or a target file, or embedded: true to test the embedded emulator.'
elif [ "${INPUT_EMBEDDED:-false}" = true ]; then
  problem='The input embedded is true, and a target is given: remove one of them.'
fi

if [ -n "$problem" ]; then
  echo "call-mute-conformance: $problem" >&2
  echo "::error title=call-mute-conformance%3A exit code 2::$(head -n 1 <<<"$problem")" >&2
  (exit 2)
elif [ -n "${CALL_MUTE_COMMAND:-}" ]; then
  # For the tests of this script: the command line of a checkout.
  node "$CALL_MUTE_COMMAND" "${words[@]}"
else
  npx --yes "call-mute-conformance@${INPUT_VERSION:-1.0.0}" "${words[@]}"
fi
status=$?

node --input-type=module - "$report_dir" <<'SCRIPT' >>"$GITHUB_OUTPUT"
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
const folder = process.argv[2];
const folders = existsSync(folder) ? [folder, ...readdirSync(folder).map((name) => path.join(folder, name))] : [];
const summaries = folders
  .map((one) => path.join(one, 'results.json'))
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')).summary);
const worst = ['non-conformant', 'incomplete', 'conformant'];
const verdict = worst.find((name) => summaries.some((summary) => summary.verdict === name)) ?? 'incomplete';
const divergence = Math.max(0, ...summaries.map((summary) => summary.divergence));
const coverage = summaries.length === 0 ? 0 : Math.min(...summaries.map((summary) => summary.coverage));
process.stdout.write(`verdict=${verdict}\ndivergence=${divergence}\ncoverage=${coverage}\nreport-dir=${folder}\n`);
SCRIPT
exit "$status"
