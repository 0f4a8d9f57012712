import type { GateFailure } from './matrix-gates.ts';
import type { Matrix } from './matrix.ts';

/** Enough to begin with; the rest is in matrix.json. */
const linesPerGate = 25;

function gateNames(failures: readonly GateFailure[]): GateFailure['gate'][] {
  return [...new Set(failures.map(({ gate }) => gate))];
}

/** The end of a run on the console: what does not hold, by name, and one closing line. */
export function renderMatrixText(matrix: Matrix, failures: readonly GateFailure[], folder: string): string {
  const { faults, variants, time } = matrix;
  const killed = faults.filter(({ verdict }) => verdict === 'killed').length;
  const green = variants.filter(({ verdict }) => verdict === 'green').length;
  const lines = gateNames(failures).flatMap((gate) => {
    const own = failures.filter((failure) => failure.gate === gate);
    const more = own.length - linesPerGate;
    return [
      `${gate} (${own.length})`,
      ...own.slice(0, linesPerGate).map(({ subject, problem }) => `  ${subject}: ${problem}`),
      ...(more > 0 ? [`  … and ${more} more in matrix.json`] : []),
    ];
  });
  const figures = `${killed} of ${faults.length} faults killed, ${green} of ${variants.length} variants green`;
  const speed = `${(time.wallMs / 1000).toFixed(1)} s (${(time.cpuMs / 1000).toFixed(1)} s of processor), ${time.casesPerSecond} cases/s`;
  const verdict = failures.length === 0 ? 'all gates hold' : `${failures.length} gate failures`;
  return `${[...lines, `${verdict}: ${figures}; ${speed}; ${folder}`].join('\n')}\n`;
}
