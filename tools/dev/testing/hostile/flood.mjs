/**
 * Posts notifications at a rate, from a process of its own so that sender and receiver do not wait for each other.
 * usage: flood.mjs RATE SECONDS < JSON array of [url, body]
 * Prints how many were answered with each status, and how long it took in milliseconds, as JSON.
 */
import { Buffer } from 'node:buffer';
import http from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const [rate, seconds] = process.argv.slice(2).map(Number);
let input = '';
for await (const chunk of process.stdin.setEncoding('utf8')) input += chunk;
const posts = JSON.parse(input).map(([url, body]) => ({ url: new URL(url), body: Buffer.from(body) }));
const agent = new http.Agent({ keepAlive: true, maxSockets: 48 });
const statuses = {};

function post({ url, body }) {
  return new Promise((resolve) => {
    const count = (status) => {
      statuses[status] = (statuses[status] ?? 0) + 1;
      resolve();
    };
    const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length };
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => count(response.statusCode));
    });
    request.on('error', (error) => count(error.code ?? 'error'));
    request.end(body);
  });
}

const startedAt = performance.now();
const total = rate * seconds;
const pending = new Set();
for (let sent = 0; sent < total;) {
  const due = Math.min(total, Math.ceil(((performance.now() - startedAt) / 1000) * rate));
  for (; sent < due; sent += 1) {
    const posting = post(posts[sent % posts.length]).finally(() => pending.delete(posting));
    pending.add(posting);
  }
  // No more under way than the receiver has connections for, several times over.
  if (pending.size > 2_000) await Promise.race(pending);
  await sleep(2);
}
await Promise.all(pending);
process.stdout.write(JSON.stringify({ statuses, ms: performance.now() - startedAt }));
agent.destroy();
