import { expect, it } from 'vitest';
import { sampleCase } from '../../../dev/testing/sample-results.ts';
import { evidenceOf } from './evidence.ts';
import { type LikelyDefect, likelyDefect } from './likely-defect.ts';
import { shapesOf } from './shape.ts';

const cases = ['location.present/a', 'location.present/a@app'];

const defects: Readonly<Record<string, readonly string[] | undefined>> = {
  doubled: ['the number of Location headers is 2'],
  missing: ['there is no Location header'],
  absent: ['there is no Location header'],
  unheard: undefined,
};

function shapes(ids: readonly string[], violated = cases) {
  return ids.flatMap((id) => {
    const says = defects[id];
    const fault = { id, summary: '', breaks: ['location.present'], violated, unjudged: [], ...(says && { says }) };
    return shapesOf(fault);
  });
}

it.each<[string, string[], string, LikelyDefect | undefined]>([
  [
    'is the one whose words the cases say',
    ['doubled', 'missing'],
    'there is no Location header',
    { likely: 'missing' },
  ],
  [
    'whatever the share of the answers',
    ['doubled', 'missing'],
    'there is no Location header, in 37 of 200 answers; all were repeated mutes',
    { likely: 'missing' },
  ],
  ['is none where the words contradict', ['doubled'], 'there is no Location header', undefined],
  [
    'may be several that words do not tell apart',
    ['missing', 'doubled', 'absent'],
    'there is no Location header',
    { likely: 'missing', alternatives: ['absent'] },
  ],
  ['is not ruled out where nobody knows its words', ['unheard'], 'anything', { likely: 'unheard' }],
  [
    'that is known by its words comes first',
    ['unheard', 'doubled'],
    'the number of Location headers is 2',
    { likely: 'doubled' },
  ],
])('the likely defect %s', (_name, known, actual, likely) => {
  const all = shapes(known);
  const evidence = evidenceOf(cases.map((id) => sampleCase(id, 'failed', { actual })));
  const suspect = { root: 'location.present', cases, isExact: true, ...(all[0] && { shape: all[0] }) };
  expect(likelyDefect(suspect, evidence, { shapes: all, unsteady: [] })).toEqual(likely);
});

it('the likely defect is seen whole before one that shows a part of itself', () => {
  const [onApp = ''] = cases.slice(1);
  const [here, there] = [shapes(['missing'], cases), shapes(['absent'], [onApp])];
  const part = here.find(({ look }) => look === there[0]?.look);
  const evidence = evidenceOf([sampleCase(onApp, 'failed', { actual: 'there is no Location header' })]);
  const suspect = { root: 'location.present', cases: [onApp], isExact: true, ...(part && { shape: part }) };
  expect(likelyDefect(suspect, evidence, { shapes: [...here, ...there], unsteady: [] })).toEqual({ likely: 'absent' });
});

it.each([
  ['now and then, and is named all the same', 3, 'missing'],
  ['always, and is not named', 40, undefined],
])('the likely defect is seen in one case more %s', (_name, violated, likely) => {
  const actual = 'there is no Location header';
  const all = shapes(['missing']);
  const more = sampleCase('location.present/b', 'failed', { actual, observed: { count: 40, violated } });
  const evidence = evidenceOf([...cases.map((id) => sampleCase(id, 'failed', { actual })), more]);
  const suspect = {
    root: 'location.present',
    cases: [...cases, more.id],
    isExact: true,
    ...(all[0] && { shape: all[0] }),
  };
  expect(likelyDefect(suspect, evidence, { shapes: all, unsteady: [] })?.likely).toBe(likely);
});
