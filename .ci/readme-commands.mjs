/**
 * Runs every command of the README's `sh` blocks, in order, as a reader would: what is promised there must work.
 * A comment `# exits N` behind a command says that it ends with another exit code than 0; `# until interrupted` behind
 * one that it goes on; `# not run here: why` behind one says why it cannot be tried on this machine. An emulator serves where the README says that a target does.
 * usage: readme-commands.mjs RESULT.json
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';

const readme = readFileSync('README.md', 'utf8');
const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  .flatMap(([, block]) => block.replaceAll('\\\n', ' ').split('\n'))
  .map((line) => line.trim())
  .filter((line) => line !== '' && !line.startsWith('#'));

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

const port = await freePort();
const emulator = spawn(process.execPath, ['dist/tools/cli/cli.js', 'serve', '--port', String(port)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
await new Promise((resolve) => emulator.stdout.once('data', resolve));

/** Run by .ci/run as a step of its own, whose tests are counted. */
const ownSteps = ['npm test'];

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const line of commands) {
  const [, command, comment = ''] = /^(.*?)(?:\s+#\s*(.*))?$/.exec(line);
  if (comment.startsWith('not run here')) {
    process.stdout.write(`skip  ${command} (${comment})\n`);
    counts.skipped += 1;
    continue;
  }
  // Installed already; a second time would only cost time.
  const tried = command
    .replace(/^npm ci && /, '')
    .replaceAll(':8080', `:${port}`)
    .replace('--port 8080', '--port 0');
  if (ownSteps.includes(tried)) {
    process.stdout.write(`later ${command} (a step of its own)\n`);
    continue;
  }
  const expected = Number(/exits (\d+)/.exec(comment)?.[1] ?? 0);
  const words = /until interrupted/.test(comment)
    ? ['timeout', ['--signal=INT', '--preserve-status', '4', 'bash', '-c', tried]]
    : ['bash', ['-c', tried]];
  const { status, stdout, stderr } = spawnSync(...words, {
    encoding: 'utf8',
    timeout: 900_000,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ACME_TOKEN: 'token-of-the-readme' },
  });
  const right = status === expected || (status === 130 && /until interrupted/.test(comment));
  counts[right ? 'passed' : 'failed'] += 1;
  process.stdout.write(`${right ? 'ok   ' : 'FAIL '} ${command} (exit code ${status})\n`);
  if (!right) process.stdout.write(`${stdout}${stderr}\nexpected exit code ${expected}\n`);
}
emulator.kill();
writeFileSync(process.argv[2], JSON.stringify(counts));
process.exit(counts.failed > 0 ? 1 : 0);
