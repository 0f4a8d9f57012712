import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CallCommand, runCallCommand, splitCommand } from './call-command.ts';
import { CouldNotRun, Interrupted } from './could-not-run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'call command '));
let scripts = 0;

/** A command line that runs a JavaScript text with node. */
function script(text: string): string {
  scripts += 1;
  const file = path.join(folder, `${scripts}.cjs`);
  writeFileSync(file, text);
  return `'${process.execPath}' "${file}"`;
}

function run(line: string, options: Partial<CallCommand> = {}) {
  return runCallCommand(line, {
    kind: 'group',
    callbackUri: 'http://127.0.0.1:9/callback',
    signal: new AbortController().signal,
    ...options,
  });
}

describe('splitCommand', () => {
  it.each([
    ['./make-call.sh', ['./make-call.sh']],
    ['  ./make-call.sh   group \t two ', ['./make-call.sh', 'group', 'two']],
    [`a "b c" 'd "e"' ""`, ['a', 'b c', 'd "e"', '']],
    [`curl --header="X: a b" --data='{"a": 1}'`, ['curl', '--header=X: a b', '--data={"a": 1}']],
    [`it"'"s`, ["it's"]],
    ['a; rm -rf $HOME | b > c', ['a;', 'rm', '-rf', '$HOME', '|', 'b', '>', 'c']],
    ['C:\\tools\\make.exe', ['C:\\tools\\make.exe']],
  ])('splits %s', (line, words) => {
    expect(splitCommand(line)).toEqual(words);
  });

  it.each(['', '  ', 'a "b', "a 'b", `a "b' c`])('refuses %j', (line) => {
    expect(splitCommand(line)).toBeUndefined();
  });
});

describe('runCallCommand', () => {
  it('gives the command what it needs, and takes what it prints', async () => {
    const line = script(`
      const { CALL_MUTE_CALL_KIND: kind, CALL_MUTE_CALLBACK_URI: uri } = process.env;
      console.log(JSON.stringify({ id: kind + ' ' + uri + ' ' + process.argv.slice(2).join('|'), participantId: 'me' }, null, 2));
    `);
    expect(await run(`${line} "a b" $HOME`, { kind: 'peerToPeer' })).toEqual({
      id: 'peerToPeer http://127.0.0.1:9/callback a b|$HOME',
      participantId: 'me',
    });
  });

  it('does without a participant', async () => {
    expect(await run(script('console.log(\'{"id":"one","participantId":null}\')'))).toEqual({
      id: 'one',
      participantId: undefined,
    });
  });

  it('gives the command no input to wait for', async () => {
    const line = script('process.stdin.resume().on("end", () => console.log(JSON.stringify({ id: "one" })))');
    expect((await run(line)).id).toBe('one');
  });

  it.each([
    ['fails', 'console.error("no tenant"); process.exit(3)', 'failed (exit code 3); it said: no tenant'],
    ['is killed', 'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)', 'failed (SIGTERM)'],
    ['prints nothing', '', 'did not print one JSON object with an id'],
    ['prints no JSON', 'console.log("call one"); console.error("hm")', 'with an id; it said: hm'],
    ['prints no id', 'console.log("{}")', 'did not print one JSON object with an id'],
    ['prints a list', 'console.log("[1]")', 'did not print one JSON object with an id'],
    ['prints a number as id', 'console.log(JSON.stringify({ id: 1 }))', 'did not print one JSON object with an id'],
    ['prints without end', 'for (;;) require("fs").writeSync(1, "x".repeat(65536))', 'printed more than 1 MiB'],
  ])('says so when the command %s', async (_what, text, problem) => {
    await expect(run(script(text))).rejects.toThrow(CouldNotRun);
    await expect(run(script(text))).rejects.toThrow(problem);
  });

  it('says so when there is no such command', async () => {
    await expect(run('./no-such-command')).rejects.toThrow(
      'the command for calls.group (./no-such-command) was not found',
    );
    await expect(run('"./no-such-command')).rejects.toThrow('a quote is not closed');
    await expect(run(`"${folder}"`)).rejects.toThrow('may not be executed');
  });

  it('ends a command that takes too long, whatever it does against that', async () => {
    const line = script('process.on("SIGTERM", () => {}); console.error("waiting"); setInterval(() => {}, 1000)');
    await expect(run(line, { limitMs: 300 })).rejects.toThrow('did not end within 0.3 s');
  });

  it('ends the command with the run', async () => {
    const stop = new AbortController();
    const running = run(script('setInterval(() => {}, 1000)'), { signal: stop.signal });
    stop.abort();
    await expect(running).rejects.toThrow(Interrupted);
  });
});
