import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../engine/catalogue/catalogue.ts';
import { loadDescribedCases } from '../engine/catalogue/described-cases.ts';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { faults } from '../emulator/faults/index.ts';
import { variants } from '../emulator/variants/index.ts';
import { fakeIo } from '../dev/testing/fake-io.ts';
import { list, type ListOptions } from './list.ts';

async function listed(kind: string, options: ListOptions = {}, columns?: number): Promise<string> {
  const io = fakeIo(columns === undefined ? {} : { isTTY: true, columns });
  await list(kind, options, io);
  return io.printed();
}

async function listedJson(kind: string, options: ListOptions = {}): Promise<Record<string, Record<string, unknown>[]>> {
  return JSON.parse(await listed(kind, { ...options, json: true })) as Record<string, Record<string, unknown>[]>;
}

describe('list requirements', () => {
  const { requirements, excluded } = loadCatalogue();

  it('has each with its level on a line of its own, then what is excluded and why', async () => {
    const lines = (await listed('requirements')).split('\n');
    for (const [index, { id, level, statement }] of requirements.entries()) {
      expect(lines[index]).toMatch(new RegExp(`^${id.replaceAll('.', '\\.')} +${level} +`));
      expect(lines[index]).toContain(statement);
    }
    expect(lines[requirements.length + 1]).toMatch(new RegExp(`^${requirements.length} requirements of call-mute/`));
    for (const { what, reason } of excluded) {
      expect(lines.find((line) => line.startsWith(what))).toContain(reason);
    }
  });

  it('says what capability is needed', async () => {
    expect(await listed('requirements')).toMatch(/^path\.app .* Needs app\.$/m);
  });

  it('as JSON is the catalogue', async () => {
    expect(await listedJson('requirements')).toEqual({
      requirementSet: loadCatalogue().requirementSet,
      requirements,
      excluded,
    });
  });

  it('can be limited to levels and suites', async () => {
    const { requirements: some } = await listedJson('requirements', { level: ['may'] });
    expect(some?.map(({ id }) => id)).toEqual(requirements.filter(({ level }) => level === 'may').map(({ id }) => id));
    const { requirements: location } = await listedJson('requirements', { suite: ['location-header'] });
    expect(location?.every(({ id }) => String(id).startsWith('location.'))).toBe(true);
    expect(await listed('requirements', { level: ['must'] })).not.toContain('Deliberately not required');
  });

  it.each([40, 60, 80, 100, 132])('fits a terminal of %i columns', async (columns) => {
    const text = await listed('requirements', {}, columns);
    const tooLong = text.split('\n').filter((line) => line.length > columns && line.trim().includes(' '));
    // What has no better place to break than its name stays whole.
    expect(tooLong.filter((line) => line.startsWith(' '))).toEqual([]);
    for (const { id } of requirements) expect(text).toContain(id);
  });
});

describe('list cases', () => {
  it('has id, level, suite and title of each', async () => {
    const text = await listed('cases');
    expect(text).toMatch(
      /^status\.success\/answers-a-valid-mute-of-a-group-call-with-200 +must +status-codes +answers a/m,
    );
    expect(text).toContain(`${loadDescribedCases().length} cases: `);
  });

  it('as JSON has their requirement and path, too', async () => {
    const { cases = [] } = await listedJson('cases', { suite: ['state'], level: ['should'] });
    expect(cases).toHaveLength(2);
    expect(cases[1]).toEqual({
      id: 'state.repeat/answers-a-mute-of-what-is-muted-with-200-and-a-new-id@app',
      level: 'should',
      suite: 'state',
      title: 'answers a mute of what is muted with 200 and a new id',
      requirement: 'state.repeat',
      path: '/app',
    });
  });
});

describe('list faults and variants', () => {
  it('says what each fault does and which requirements notice it', async () => {
    const text = await listed('faults');
    for (const { id, summary, breaks } of faults) {
      expect(text).toMatch(new RegExp(`^${id} `, 'm'));
      expect(text).toContain(`${summary}; breaks ${breaks.join(', ')}`);
    }
    expect((await listedJson('variants'))['variants']).toHaveLength(variants.length);
  });
});

describe('list refuses', () => {
  it.each<[string, string, ListOptions, RegExp]>([
    ['an unknown kind', 'requirement', {}, /no list of "requirement"; did you mean requirements\?/],
    ['a kind of Object.prototype', 'constructor', {}, /no list of "constructor"/],
    ['an unknown level', 'cases', { level: ['shuold'] }, /no level "shuold"; did you mean should\?/],
    ['an unknown suite', 'requirements', { suite: ['stat'] }, /no suite "stat"; did you mean state\?/],
    ['filters that leave nothing', 'cases', { suite: ['state'], level: ['may'] }, /No case matches both/],
    ['filters for faults', 'faults', { level: ['must'] }, /list of faults is whole/],
  ])('%s', async (_title, kind, options, message) => {
    const refusal = listed(kind, options);
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.toThrow(ConfigurationError);
  });
});

it('stays ASCII where the locale has no UTF-8', async () => {
  const io = fakeIo({}, { environment: { LANG: 'C' } });
  await list('requirements', {}, io);
  expect(io.printed()).toMatch(/^[\n -~]+$/);
});
