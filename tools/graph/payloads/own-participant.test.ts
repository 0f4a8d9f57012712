import { describe, expect, it } from 'vitest';
import { ownEntry } from './own-participant.ts';
import { asRosterEntry } from './roster.ts';

describe('ownEntry', () => {
  const entry = (id: string | undefined, application?: unknown) =>
    asRosterEntry({
      ...(id !== undefined && { id }),
      ...(application !== undefined && { info: { identity: { application } } }),
    });
  const instance = (id: string, info: Record<string, unknown> = {}) =>
    asRosterEntry({ id, info: { identity: { applicationInstance: { id: `instance of ${id}` } }, ...info } });
  const me = entry('2765EB1501F847C6B12BC32111A4A86F', { id: 'app' });
  const other = entry('other', { id: '5810CEDE-F3CC-42EB-B2C1-E9BD5D53EC96' });
  const user = entry('user');
  const bot = instance('bot');
  const named = instance('named', { clientVersion: 'TestBot (appid:8616FCC077E44D8D882BB542DC0A6B44)' });
  const recorder = instance('recorder', { clientVersion: 'Recorder (appid:5f2d1c3a-8b4e-4f6a-9c7d-2e1b0a9d8c7f)' });
  const both = asRosterEntry({
    id: 'both',
    info: { identity: { application: { id: 'app' }, applicationInstance: { id: 'instance' } } },
  });
  const visitor = asRosterEntry({
    id: 'visitor',
    info: { identity: { user: { id: 'u' } }, clientVersion: 'Web (appid:app)' },
  });

  it.each([
    ['by the id of the call', [other, me], '2765eb15-01f8-47c6-b12b-c32111a4a86f', undefined, me],
    ['never another, once the id is known', [other], '2765eb15-01f8-47c6-b12b-c32111a4a86f', 'app', undefined],
    ['by the application', [user, me, other], undefined, '5810cede-f3cc-42eb-b2c1-e9bd5d53ec96', other],
    ['never another application', [user, me], undefined, 'third', undefined],
    ['as the only application', [user, me], undefined, undefined, me],
    ['not among two applications', [other, me], undefined, undefined, undefined],
    ['not among users', [user], undefined, undefined, undefined],
    ['not in an empty roster', [], 'me', 'app', undefined],
    ['not without an id', [entry(undefined)], 'me', undefined, undefined],
    ['as the only instance of an application', [user, bot], undefined, undefined, bot],
    ['as the only instance, whose id is not the application’s', [user, bot], undefined, 'app', bot],
    ['as the instance with that id', [bot, named], undefined, 'instance of bot', bot],
    [
      'by the application that its client names',
      [recorder, bot, named],
      undefined,
      '8616fcc0-77e4-4d8d-882b-b542dc0a6b44',
      named,
    ],
    ['never as an instance of another application', [user, recorder], undefined, 'app', undefined],
    ['as the instance beside that of another application', [recorder, bot], undefined, 'app', bot],
    ['as the instance beside another application', [other, bot], undefined, 'app', bot],
    ['not among two instances', [bot, instance('second')], undefined, 'app', undefined],
    ['not among an application and an instance', [me, bot], undefined, undefined, undefined],
    ['by the application beside its instance', [bot, both], undefined, 'app', both],
    ['never by the client of a user', [visitor], undefined, 'app', undefined],
  ])('is told %s', (_how, entries, participantId, applicationId, own) => {
    expect(ownEntry(entries, { participantId, applicationId })).toBe(own);
  });

  it.each([null, 'x', [], { id: 5 }])('takes identities of any shape: %j', (member) => {
    const clues = { participantId: undefined, applicationId: undefined };
    for (const kind of ['application', 'applicationInstance']) {
      expect(ownEntry([asRosterEntry({ info: { identity: { [kind]: member } } })], clues)).toBeUndefined();
    }
    expect(ownEntry([asRosterEntry({ info: member }), asRosterEntry({ info: { identity: member } })], clues)).toBe(
      undefined,
    );
  });
});
