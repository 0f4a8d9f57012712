import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseResourceUrl } from './resource-url.ts';

describe('parseResourceUrl', () => {
  it.each([
    ['/communications/calls/c1', 'call', '/communications', 'c1', undefined, undefined],
    ['/communications/calls/c1/participants', 'participants', '/communications', 'c1', undefined, undefined],
    ['/app/calls/c1/participants', 'participants', '/app', 'c1', undefined, undefined],
    ['/communications/calls/c1/participants/p1', 'participant', '/communications', 'c1', 'p1', undefined],
    ['/communications/calls/c1/operations/o1', 'operation', '/communications', 'c1', undefined, 'o1'],
    ['communications/calls/c1/operations/o1', 'operation', '/communications', 'c1', undefined, 'o1'],
    ['/communications/calls/c1/operations/o1/', 'operation', '/communications', 'c1', undefined, 'o1'],
    ['/communications/calls/c1/operations/o1?x=1#y', 'operation', '/communications', 'c1', undefined, 'o1'],
    ['/communications/calls/c%201/operations/o%2F1', 'operation', '/communications', 'c 1', undefined, 'o/1'],
    ['/communications/calls/c1/operations/%E0%A4', 'operation', '/communications', 'c1', undefined, '%E0%A4'],
    ['/communications/calls/c1/operations', 'other', '/communications', 'c1', undefined, undefined],
    ['/communications/calls/c1/operations/o1/x', 'other', '/communications', 'c1', undefined, undefined],
    ['/communications/calls/c1/recordings/r1', 'other', '/communications', 'c1', undefined, undefined],
    ['/communications/calls//participants', 'other', '/communications', undefined, undefined, undefined],
    ['/communications/calls', 'other', '/communications', undefined, undefined, undefined],
    ['/users/u1/calls/c1', 'other', undefined, undefined, undefined, undefined],
    ['', 'other', undefined, undefined, undefined, undefined],
  ])('%s is a %s', (url, kind, root, callId, participantId, operationId) => {
    expect(parseResourceUrl(url)).toMatchObject({ kind, root, callId, participantId, operationId, origin: undefined });
  });

  it('knows origin and version, behind a prefix too', () => {
    const found = parseResourceUrl('HTTPS://Graph.Example:8443/gateway/v1.0/communications/calls/c1/operations/o1');
    expect(found).toMatchObject({ origin: 'https://graph.example:8443', version: 'v1.0', kind: 'operation' });
  });

  it('takes no other segment for a version', () => {
    expect(parseResourceUrl('/gateway/communications/calls/c1').version).toBeUndefined();
  });

  it('never throws', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('/', 'communications', 'app', 'calls', '%', 'http://', '?'));
    fc.assert(fc.property(fc.array(piece), (pieces) => void parseResourceUrl(pieces.join(''))));
  });
});
