import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import { parse } from 'yaml';
import { doctor, type DoctorOptions } from '../../cli/doctor.ts';
import { type ScriptedReply, type ScriptedTarget, startScriptedTarget } from './targets/scripted-target.ts';

/** What a test has started, and is closed after it. */
export const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

export interface Examined {
  readonly exitCode: number;
  readonly text: string;
  /** What is told of a step, with its sign and its fix. */
  step(name: string): string | undefined;
  /** The capabilities that are suggested. */
  suggested(): unknown;
}

/** Runs the doctor on a target, with these files in its working directory. */
export async function examine(options: DoctorOptions, files: Readonly<Record<string, string>> = {}): Promise<Examined> {
  const workingDirectory = mkdtempSync(path.join(tmpdir(), 'doctor-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(workingDirectory, name), content);
  let text = '';
  const output = { write: (more: string) => (text += more), columns: 10_000 };
  const exitCode = await doctor(
    options,
    { environment: { LANG: 'C.UTF-8' }, workingDirectory, stdout: output, stderr: output },
    new AbortController().signal,
  );
  return {
    exitCode,
    text,
    step: (name) => new RegExp(`^[✓✗–] ${name} .*(\\n +fix .*)?$`, 'm').exec(text)?.[0],
    suggested: () => parse(/^capabilities:\n( .*\n)+/m.exec(text)?.[0] ?? ''),
  };
}

/** A target whose calls can be created and muted, and which does on a mute what `mute` says. */
export async function targetThat(
  mute: (callbackUri: string, callId: string) => unknown,
  reply: (path: string) => ScriptedReply | undefined = () => undefined,
  tls?: { key: string; cert: string },
  created: object = { myParticipantId: 'me' },
): Promise<ScriptedTarget> {
  const callbacks = new Map<string, string>();
  const target = await startScriptedTarget(({ method, path: url, json }) => {
    const scripted = reply(url);
    if (scripted !== undefined) return scripted;
    if (method === 'POST' && url.endsWith('/calls')) {
      const id = `call-${callbacks.size}`;
      callbacks.set(id, String(json['callbackUri']));
      return { status: 201, json: { id, state: 'established', ...created } };
    }
    const id = /\/calls\/([^/]+)\/mute$/.exec(url)?.[1] ?? '';
    if (id !== '') setImmediate(() => void mute(callbacks.get(id) ?? '', id));
    return { status: 200, json: { id: 'op' } };
  }, tls);
  open.push(target);
  return target;
}

export const quick = { notificationTimeout: '300ms', quietWindow: '30ms', requestTimeout: '2s' } as const;
