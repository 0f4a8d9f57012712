import { setFlagsFromString } from 'node:v8';

/** How much bytecode a function runs before V8 considers to optimise it, in bytes: as V8 has it, and in short runs. */
const usualBudget = 66 * 1024;
const shortRunBudget = 400_000;

/** Whatever takes longer is no short run: milliseconds. */
const shortRunMs = 2_500;

/**
 * The V8 of Node 20 optimises so early that a short run, on two cores, spends a seventh of its time on optimising code
 * that it hardly runs any more. There it waits until it is known that the run is a long one, where optimising pays; the
 * V8 of later versions knows better by itself.
 * @returns ends the wait
 */
export function postponeOptimising(version = process.versions.v8, setFlag = setFlagsFromString): () => void {
  if (!version.startsWith('11.')) return () => undefined;
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    setFlag(`--interrupt-budget=${usualBudget}`);
  };
  const timer = setTimeout(end, shortRunMs);
  timer.unref();
  setFlag(`--interrupt-budget=${shortRunBudget}`);
  return end;
}
