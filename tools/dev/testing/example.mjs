/**
 * Makes reports/example/ anew: a run against an emulator with several faults at once, its page and summary, and a
 * picture of the page where there is a browser. `npm run example`.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const folder = path.join(root, 'reports', 'example');
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** What the example target does wrong: some musts, and some of what only warns. */
const faultIds = ['location-other-operation', 'client-context-trimmed', 'client-request-id-other'];

/** What is put to it: enough to show a report, and a page that is small enough to be kept in the repository. */
const suites = ['location-header', 'client-context', 'headers'];

/** Lets every fault have its way with what the one before made of it. */
function together(faults) {
  return () => {
    const hooks = faults.map((fault) => fault.hooks());
    const chain = (name) => async (context, initial, controls) => {
      let result = initial;
      for (const hook of hooks) result = hook[name] ? await hook[name](context, result, controls) : result;
      return result;
    };
    return { decision: chain('decision'), reply: chain('reply') };
  };
}

/** The emulator has a thread of its own, because the run blocks the main one. */
async function serve() {
  const { startEmulatorServer } = await import(path.join(root, 'dist/tools/emulator/start.js'));
  const { findFault } = await import(path.join(root, 'dist/tools/emulator/find-deviation.js'));
  const emulator = await startEmulatorServer({
    deviation: { id: 'example', summary: 'Several faults', hooks: together(faultIds.map(findFault)) },
  });
  parentPort.postMessage({ baseUrl: emulator.baseUrl('beta'), token: emulator.token });
}

async function make() {
  const emulator = new Worker(fileURLToPath(import.meta.url));
  const { baseUrl, token } = await new Promise((resolve, reject) => {
    emulator.once('message', resolve);
    emulator.once('error', reject);
  });
  const temporary = mkdtempSync(path.join(tmpdir(), 'call-mute-example-'));
  try {
    const target = path.join(temporary, 'target.yaml');
    const capabilities = '{ app: true, operations: true, participants: true, unmute: true, tokenValidation: true }';
    writeFileSync(
      target,
      `name: contoso\nbaseUrl: ${baseUrl}\ntoken: \${EXAMPLE_TOKEN}\ncapabilities: ${capabilities}\n`,
    );
    const run = spawnSync(
      process.execPath,
      [
        path.join(root, 'dist/tools/cli/cli.js'),
        ...['run', '--target', target, '--suite', ...suites, '--seed', '7', '--report-dir', temporary],
      ],
      { stdio: 'inherit', env: { ...process.env, EXAMPLE_TOKEN: token } },
    );
    if (run.status !== 1) throw new Error(`the run should end non-conformant with 1, not ${run.status}`);
    mkdirSync(folder, { recursive: true });
    for (const name of ['index.html', 'summary.md']) copyFileSync(path.join(temporary, name), path.join(folder, name));
    await takePicture();
  } finally {
    rmSync(temporary, { recursive: true });
    await emulator.terminate();
  }
}

async function takePicture() {
  if (!existsSync(chromium)) {
    process.stderr.write(`The picture stays as it is: there is no browser at ${chromium}\n`);
    return;
  }
  const { chromium: browserType } = await import('playwright-core');
  const browser = await browserType.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: 1200, height: 1250 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(path.join(folder, 'index.html')).href);
  await page.screenshot({ path: path.join(folder, 'screenshot.png') });
  await browser.close();
}

await (isMainThread ? make() : serve());
