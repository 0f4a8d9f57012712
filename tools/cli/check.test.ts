import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirementLevels } from '../../specs/generated/requirement-ids.ts';
import { isRequirementId } from '../engine/catalogue/catalogue.ts';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { capturedPayloads, changed, documented } from '../dev/testing/payloads.ts';
import { fakeIo } from '../dev/testing/fake-io.ts';
import { check, type CheckOptions } from './check.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'call-mute-check-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const noReports = () => Promise.reject(new Error('reports are written'));

async function judged(payload: unknown, options: CheckOptions): Promise<{ exitCode: number; text: string }> {
  const io = fakeIo();
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const exitCode = await check('-', options, io, Readable.from([Buffer.from(text)]), noReports);
  return { exitCode, text: io.printed() };
}

const operation = documented('mute-response');

describe('check', () => {
  it('finds nothing in what the documentation shows', async () => {
    expect(await judged(operation, { as: 'operation' })).toEqual({
      exitCode: 0,
      text: 'no problems, judged by 9 requirements (standard input, as an operation)\n',
    });
    expect((await judged(documented('roster-update'), { as: 'notification' })).exitCode).toBe(0);
    expect((await judged(documented('refusal'), { as: 'error' })).exitCode).toBe(0);
  });

  it('prints each problem with its place, requirement, level and expectation', async () => {
    const { exitCode, text } = await judged(changed(changed(operation, '/id', 5), '/status', 'Completed'), {
      as: 'operation',
    });
    expect(exitCode).toBe(1);
    expect(text).toContain('✗ /id  response.id (must)\n  id must be a string that is not empty, and is 5\n');
    expect(text).toContain(
      '! /status  response.status-case (should)\n  status should be completed, and is "Completed"\n',
    );
    expect(text).toMatch(/\n2 problems, 1 with a must, 1 with a should; judged by 9 requirements/);
  });

  it('ends with 0 when only a should is broken', async () => {
    expect((await judged(changed(operation, '/status', 'Completed'), { as: 'operation' })).exitCode).toBe(0);
  });

  it('judges one participant and an array of them', async () => {
    const participant = {
      '@odata.type': '#microsoft.graph.participant',
      id: '1',
      isMuted: true,
      isInLobby: false,
      info: { identity: {} },
    };
    expect((await judged(participant, { as: 'participant' })).exitCode).toBe(0);
    const { exitCode, text } = await judged([participant, { ...participant, isMuted: 'yes' }], { as: 'participant' });
    expect(exitCode).toBe(1);
    expect(text).toContain('✗ /1/isMuted  roster.participant (must)');
  });

  it('judges of a fragment only what is there', async () => {
    expect((await judged({ isMuted: true }, { as: 'participant' })).exitCode).toBe(1);
    expect((await judged({ isMuted: true }, { as: 'participant', partial: true })).exitCode).toBe(0);
  });

  it.each(capturedPayloads())('does as real traffic does: $name', async ({ as, partial, breaks, payload }) => {
    const { exitCode } = await judged(payload, { as, partial });
    const musts = breaks.filter((id) => isRequirementId(id) && requirementLevels[id] === 'must');
    expect(exitCode).toBe(musts.length === 0 ? 0 : 1);
  });

  it.each([
    ['roster-with-a-null-id', 'by which it is told from others (fact 81), and is null'],
    ['roster-with-a-numeric-source-id', 'sourceId must be a string (fact 82), and is 1'],
    ['operation-wrapped-2021', 'the operation itself, not an object that has it in "muteParticipantOperation"'],
  ])('refuses %s with the reason in words', async (captured, reason) => {
    const { as = 'notification', payload } = capturedPayloads().find(({ name }) => name === captured) ?? {};
    const { exitCode, text } = await judged(payload, { as });
    expect(exitCode).toBe(1);
    expect(text.replaceAll(/\s+/g, ' ')).toContain(reason);
  });

  it('is limited by --requirement', async () => {
    const payload = changed(changed(operation, '/id', 5), '/status', 'Completed');
    const { exitCode, text } = await judged(payload, { as: 'operation', requirement: ['response.status-case'] });
    expect(exitCode).toBe(0);
    expect(text).not.toContain('response.id');
    expect(text).toContain('judged by 1 requirement ');
  });

  it('accepts comments and a byte order mark, and notes the comments', async () => {
    const { exitCode, text } = await judged(`\uFEFF${JSON.stringify(operation)} // from the log`, { as: 'operation' });
    expect(exitCode).toBe(0);
    expect(text).toContain('note: The text has // comments, which JSON does not allow; they were left out.\n');
  });

  it('as JSON prints the problems and how it was judged', async () => {
    const { exitCode, text } = await judged(changed(operation, '/id', 5), {
      as: 'operation',
      requirement: ['response.id'],
      json: true,
    });
    expect(exitCode).toBe(1);
    expect(JSON.parse(text)).toEqual({
      file: '-',
      as: 'operation',
      partial: false,
      requirements: ['response.id'],
      problems: [
        {
          requirement: 'response.id',
          level: 'must',
          pointer: '/id',
          message: 'id must be a string that is not empty, and is 5',
          expected: 'a string that is not empty',
          actual: '5',
        },
      ],
      notes: [],
    });
  });

  it('lets nothing of the payload command the terminal', async () => {
    const { text } = await judged(
      { error: { code: 5, message: '\u001b[31m' }, '\u001b]0;x\u0007': 1 },
      { as: 'error' },
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('says when there may be more problems than it looked at', async () => {
    const { text } = await judged(
      Array.from({ length: 200 }, () => 5),
      { as: 'participant' },
    );
    expect(text).toContain('note: Only the first 100 problems were looked at.');
  });
});

describe('check reads a file', () => {
  it('by its path from the working directory', async () => {
    writeFileSync(path.join(folder, 'answer.json'), JSON.stringify(operation));
    const io = fakeIo({}, { workingDirectory: folder });
    expect(await check('answer.json', { as: 'operation' }, io, Readable.from([]), noReports)).toBe(0);
    expect(io.printed()).toContain('(answer.json, as an operation)');
  });

  it.each<[string, string | Buffer | undefined, RegExp]>([
    ['that is not there', undefined, /cannot be read: there is no such file\./],
    ['that is empty', ' \n', /is empty/],
    ['that is no JSON', '{\n "a": }', /line 2, column 7: expected a value, but found "}"/],
    ['that is nested too deep', '['.repeat(300), /deeper than 200 levels/],
    ['that is too large', Buffer.alloc(8 * 1024 * 1024 + 1, 0x20), /larger than 8 MiB/],
    ['that is UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), /UTF-16/],
    ['that is no UTF-8', Buffer.from([0x22, 0xff, 0x22]), /not UTF-8/],
  ])('and refuses one %s', async (_title, content, message) => {
    const name = `${expect.getState().currentTestName ?? ''}.json`.replaceAll(/\W+/g, '-');
    if (content !== undefined) writeFileSync(path.join(folder, name), content);
    const io = fakeIo({}, { workingDirectory: folder });
    const reading = check(name, { as: 'error' }, io, Readable.from([]), noReports);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(ConfigurationError);
    await expect(reading).rejects.toThrow(name);
  });

  it('and refuses a folder', async () => {
    const io = fakeIo({}, { workingDirectory: folder });
    await expect(check('.', { as: 'error' }, io, Readable.from([]), noReports)).rejects.toThrow(/it is a folder/);
  });

  it('takes one that is as large as may be', async () => {
    expect((await judged(`{}${' '.repeat(8 * 1024 * 1024 - 2)}`, { as: 'error' })).exitCode).toBe(1);
  });
});

describe('check refuses', () => {
  it.each<[string, unknown, CheckOptions, RegExp]>([
    ['not to know the kind', {}, {}, /--as operation, --as notification/],
    [
      'an HTTP archive',
      { log: { entries: [] } },
      { as: 'operation' },
      /^Standard input is an HTTP archive \(HAR\).*use --as traffic to judge all/,
    ],
    ['an unknown kind', {}, { as: 'notifcation' }, /did you mean notification\?/],
    ['an unknown requirement', {}, { as: 'error', requirement: ['error.bod'] }, /did you mean error\.body\?/],
    [
      'a requirement that the payload cannot tell',
      {},
      { as: 'error', requirement: ['status.success'] },
      /cannot be judged from --as error alone; those that can are error\.body, error\.inner-error/,
    ],
    ['reports of a payload', {}, { as: 'error', reportDir: 'reports' }, /--as error has none/],
    ['formats without a folder', {}, { as: 'traffic', formats: ['md'] }, /--formats needs --report-dir/],
    ['an array without participants', [], { as: 'participant' }, /no participant to judge/],
    ['a fragment of something else', { error: {} }, { as: 'operation', partial: true }, /no member of --as operation/],
  ])('%s', async (_title, payload, options, message) => {
    await expect(judged(payload, options)).rejects.toThrow(message);
    await expect(judged(payload, options)).rejects.toThrow(ConfigurationError);
  });
});

describe('check --as traffic', () => {
  const token = 'eyJhbGciOiJub25lIn0.c2VjcmV0LXRva2Vu.x';
  const url = 'http://localhost:8080/beta/communications/calls/c1/mute';
  const answer = { ...(operation as object), note: `sent with ${token}` };
  const entryWith = (headers: object[]) => ({
    startedDateTime: '2026-11-29T00:00:00Z',
    request: {
      method: 'POST',
      url,
      headers: [
        { name: 'Authorization', value: `Bearer ${token}` },
        { name: 'Content-Type', value: 'application/json' },
      ],
      postData: { text: '{"clientContext":"other"}' },
    },
    response: {
      status: 200,
      headers: [{ name: 'Content-Type', value: 'application/json' }, ...headers],
      content: { size: 5, text: JSON.stringify({ ...answer, clientContext: token }) },
    },
  });
  const archive = (...entries: object[]) => ({ log: { version: '1.2', entries } });

  it('says which promises are broken, where, and ends with 1', async () => {
    const { exitCode, text } = await judged(archive(entryWith([])), { as: 'traffic' });
    expect(exitCode).toBe(1);
    expect(text).toContain('✗ location.present (must)\n');
    expect(text).toContain(`see       entry 1: POST ${url}`);
    expect(text).toMatch(/2 musts and \d shoulds broken, of \d+ requirements that apply to the traffic/);
    expect(text).not.toContain(token);
  });

  it('judges the chosen requirements alone, and prints JSON without secrets', async () => {
    const { exitCode, text } = await judged(archive(entryWith([])), {
      as: 'traffic',
      requirement: ['context.echo', 'response.status'],
      json: true,
    });
    expect(exitCode).toBe(1);
    expect(text).not.toContain(token);
    const { partial, findings } = JSON.parse(text) as { partial: boolean; findings: { requirement: string }[] };
    expect(partial).toBe(true);
    expect(findings.map(({ requirement }) => requirement)).toEqual([
      'response.status',
      'response.status',
      'context.echo',
    ]);
    const kept = await judged(archive(entryWith([])), { as: 'traffic', requirement: ['response.status'] });
    expect(kept.exitCode).toBe(0);
    expect(kept.text).toContain('no promise broken, of 1 requirements');
  });

  it.each<[string, unknown, Partial<CheckOptions>, RegExp]>([
    ['what is no traffic', { a: 1 }, {}, /neither an HTTP archive \(HAR 1\.2\) nor a cassette/],
    ['traffic of something else', archive(), {}, /0 requests, and neither a mute/],
    [
      'what the traffic does not speak of',
      archive(entryWith([])),
      { requirement: ['roster.json'] },
      /concerns roster\.json/,
    ],
    ['an unknown requirement', archive(entryWith([])), { requirement: ['roster.jso'] }, /did you mean roster\.json/],
    ['a file that is cut off', '{"log":{"entries":[', {}, /cannot be read as JSON/],
    [
      'a damaged cassette',
      { cassette: 'call-mute-conformance', schemaVersion: 1 },
      {},
      /was edited after it was recorded/,
    ],
  ])('refuses %s', async (_title, payload, options, message) => {
    await expect(judged(payload, { as: 'traffic', ...options })).rejects.toThrow(message);
    await expect(judged(payload, { as: 'traffic', ...options })).rejects.toThrow(ConfigurationError);
  });

  it('stops reading at 64 MiB', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1024 * 1024, ' ');
      })(),
    );
    await expect(check('-', { as: 'traffic' }, fakeIo(), endless, noReports)).rejects.toThrow('larger than 64 MiB');
  });
});
