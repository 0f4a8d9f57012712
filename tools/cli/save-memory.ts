import { setFlagsFromString } from 'node:v8';

/** By how many per cent a heap may grow before it is searched for garbage, from so many bytes of the process on. */
const steps = [
  { bytes: 200 * 1024 * 1024, percent: 60 },
  { bytes: 240 * 1024 * 1024, percent: 15 },
] as const;

/**
 * V8 lets a heap of a few dozen megabytes grow fourfold before it looks for garbage, and a run has two of them: long
 * runs and large answers come to hundreds of megabytes that nobody uses. From here on it looks the sooner the more the
 * process takes, which costs a tenth of the processor and is left out as long as it is not needed.
 * @returns ends the watch
 */
export function saveMemory(): () => void {
  const ahead: { bytes: number; percent: number }[] = [...steps];
  const timer = setInterval(() => {
    const [next] = ahead;
    if (next === undefined || process.memoryUsage.rss() < next.bytes) return;
    setFlagsFromString(`--heap-growing-percent=${next.percent}`);
    ahead.shift();
  }, 200);
  timer.unref();
  return () => clearInterval(timer);
}
