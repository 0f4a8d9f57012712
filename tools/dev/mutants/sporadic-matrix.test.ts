import { expect, it } from 'vitest';
import type { Fault } from '../../emulator/deviation.ts';
import { faults } from '../../emulator/faults/index.ts';
import type { CaseVerdict, SubjectResult } from './observed.ts';
import { sporadicExceptions } from './sporadic-exceptions.ts';
import {
  renderSporadicText,
  sampleOf,
  type SporadicEntry,
  sporadicEntry,
  sporadicFailures,
  sporadicSubjects,
} from './sporadic-matrix.ts';

const fault: Fault = {
  id: 'f',
  summary: 'Does f',
  breaks: ['location.present'],
  mayAlsoBreak: ['state.repeat'],
  hooks: () => ({}),
};
const subjects = sporadicSubjects(
  [fault, { ...fault, id: 'other', breaks: ['state.repeat'] }, { id: 'setting', summary: '', breaks: [] }],
  1,
);
const repeated = subjects.find(({ id }) => id === 'f --when repeated');
const onApp = subjects.find(({ id }) => id === 'f --when app');
const often = subjects.find(({ id }) => id === 'f --rate 0.1');

function killing(...requirements: [CaseVerdict['requirement'], string?][]): SubjectResult {
  return {
    subject: { kind: 'reference', id: 'f' },
    cases: requirements.map(([requirement, situation]) => ({
      id: `${requirement}/one@app`,
      requirement,
      level: 'must',
      verdict: 'failed',
      why: 'it is',
      ...(situation !== undefined && { observed: { count: 9, violated: 3, situation } }),
    })),
    durationMs: 1,
    secondLook: false,
  };
}

it('are the faults about what rules look at, with each rate and each situation', () => {
  expect(subjects.map(({ id }) => id)).toHaveLength(12);
  expect(subjects.every(({ id }) => id.startsWith('f --'))).toBe(true);
});

it.each<[string, typeof often, [CaseVerdict['requirement'], string?][], object]>([
  [
    'a catch',
    often,
    [['location.present'], ['state.repeat'], ['state.any-sequence']],
    { caughtBy: ['location.present', 'state.repeat'], strangers: [] },
  ],
  [
    'a stranger',
    often,
    [['location.call']],
    { caughtBy: [], strangers: [{ requirement: 'location.call', why: 'it is' }] },
  ],
  ['its situation', repeated, [['location.present', 'all 3 were repeated mutes (3 of 9)']], { told: 'this' }],
  ['another situation', repeated, [['location.present', 'all 3 were mutes on /app (3 of 9)']], { told: 'another' }],
  ['no situation', repeated, [['location.present']], { told: 'none' }],
  ['its path by that of the cases', onApp, [['location.present']], { told: 'this' }],
])('tell %s', (_what, subject, kills, expected) => {
  if (subject === undefined) throw new Error('there is no such subject');
  expect(sporadicEntry(subject, killing(...kills))).toMatchObject(expected);
});

const entry = { id: 'f --rate 0.1', strikes: 3, caughtBy: [], strangers: [], situations: [] };

it('fail where one that struck is not caught, and where a stranger is killed', () => {
  expect(sporadicFailures({ ...entry, strikes: 0 })).toEqual([]);
  expect(sporadicFailures({ ...entry, strangers: [{ requirement: 'location.call', why: 'it is' }] })).toEqual([
    'f --rate 0.1 struck 3 times and was not caught',
    'f --rate 0.1 kills location.call, which it should have spared: it is',
  ]);
  expect(renderSporadicText([{ ...entry, caughtBy: ['location.present'], told: 'this' }])).toContain(
    'all gates hold: 1 of 1 struck, 1 of these caught; of 1 in a situation 1 named by it, 0 by another',
  );
});

it.each<[string, Partial<SporadicEntry>, string[]]>([
  ['another situation', { id: 'f --when late', caughtBy: ['location.present'], told: 'another' }, ['otherwise: x']],
  ['one that is as true', { id: 'operation-id-constant --when late', caughtBy: ['response.id'], told: 'another' }, []],
  ['an escape', { id: 'malformed-body-crashes --rate 0.1' }, []],
  ['an escape of another fault', { id: 'malformed-body --rate 0.1' }, ['not caught']],
  [
    'an escape elsewhere',
    { id: 'operation-update-without-context --when late' },
    ['--when late struck 3 times and was not caught'],
  ],
])('fail by %s, but for a reason', (_what, more, expected) => {
  const failures = sporadicFailures({ ...entry, situations: ['x'], ...more });
  expect(failures).toEqual(expected.map((text) => expect.stringContaining(text) as string));
});

it('are excepted by names that there are', () => {
  const all = sporadicSubjects(faults, 1).map(({ id }) => id);
  for (const one of sporadicExceptions.flatMap(({ ids }) => ids)) {
    expect(
      all.some((id) => id === one || id.startsWith(`${one} `)),
      one,
    ).toBe(true);
  }
});

it('may take down what one unreadable answer, or one update that is missing, is blamed on', () => {
  const [unreadable] = sporadicSubjects([{ ...fault, breaks: ['response.schema'] }], 1);
  if (unreadable === undefined) throw new Error('there is no such subject');
  expect(sporadicEntry(unreadable, killing(['context.max-length']))).toMatchObject({ strangers: [] });
  const [unannounced] = sporadicSubjects([{ ...fault, mayAlsoBreak: ['roster.self-muted'] }], 1);
  if (unannounced === undefined) throw new Error('there is no such subject');
  expect(sporadicEntry(unannounced, killing(['state.refusal-no-effect']))).toMatchObject({ strangers: [] });
  if (often === undefined) throw new Error('there is no such subject');
  expect(sporadicEntry(often, killing(['context.max-length'])).strangers).toHaveLength(1);
});

it('are sampled by a draw, each fault and each occurrence as often as any other', () => {
  const all = ['b --rate 1', 'a --rate 1', 'c --rate 1', 'a --when late', 'b --when late'].map((id) => ({ id }));
  const sample = (size: number) => sampleOf(all, size, (id) => id.charCodeAt(0)).map(({ id }) => id);
  expect(sample(3)).toEqual(['a --rate 1', 'b --when late', 'c --rate 1']);
  expect(sample(9)).toHaveLength(5);
});
