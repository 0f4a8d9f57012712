import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseResourceUrl } from './resource-url.ts';

describe('parseResourceUrl', () => {
  it.each([
    ['/communications/calls/c1', 'call', 'c1', undefined],
    ['/communications/calls/c1/participants', 'participants', 'c1', undefined],
    ['/app/calls/c1/participants', 'participants', 'c1', undefined],
    ['/communications/calls/c1/participants/p1', 'participant', 'c1', undefined],
    ['/communications/calls/c1/participants//', 'other', 'c1', undefined],
    ['/communications/calls/c1/operations/o1', 'operation', 'c1', 'o1'],
    ['communications/calls/c1/operations/o1', 'operation', 'c1', 'o1'],
    ['/communications/calls/c1/operations/o1/', 'operation', 'c1', 'o1'],
    ['/communications/calls/c1/operations/o1?x=1#y', 'operation', 'c1', 'o1'],
    ['/communications/calls/c1/operations/o1#/x\ny', 'operation', 'c1', 'o1'],
    ['/communications/calls/c%201/operations/o%2F1', 'operation', 'c 1', 'o/1'],
    ['/communications/calls/c1/operations/%E0%A4', 'operation', 'c1', '%E0%A4'],
    ["/communications/calls('c1')", 'call', 'c1', undefined],
    ["/communications/calls('c1')/participants", 'participants', 'c1', undefined],
    ["/communications/calls('c1')/participants('p1')", 'participant', 'c1', undefined],
    ["/communications/calls('c1')/operations('o1')", 'operation', 'c1', 'o1'],
    ["https://h/beta/app/calls(id='c1')/operations/o1", 'operation', 'c1', 'o1'],
    ['/communications/calls(%27c1%27)/operations(%27o%2F1%27)', 'operation', 'c1', 'o/1'],
    ["/communications/calls('c''1')", 'call', "c'1", undefined],
    ["/communications/calls('')", 'other', undefined, undefined],
    ['/communications/calls(c1)', 'other', undefined, undefined],
    ["/communications/calls/c1('x')", 'other', 'c1', undefined],
    ["/communications/calls('c1')x/participants", 'other', undefined, undefined],
    ['/communications/calls/c1/operations', 'other', 'c1', undefined],
    ['/communications/calls/c1/operations/o1/x', 'other', 'c1', undefined],
    ['/communications/calls/c1/recordings/r1', 'other', 'c1', undefined],
    ['/communications/calls//participants', 'other', undefined, undefined],
    ['/communications/calls', 'other', undefined, undefined],
    ['/communications/c1', 'other', undefined, undefined],
    ['/app/communications/calls/c1/operations/o1', 'operation', 'c1', 'o1'],
    ['/users/u1/calls/c1', 'other', undefined, undefined],
    ['', 'other', undefined, undefined],
    ['HTTPS://Graph.Example:8443/gateway/v1.0/communications/calls/c1/operations/o1', 'operation', 'c1', 'o1'],
    ['http://communications/calls/c1/operations/o1', 'other', undefined, undefined],
    ['http://xcommunications/calls/c1', 'other', undefined, undefined],
    ['x+y-2.0://communications/calls/c1', 'other', undefined, undefined],
    ['http://h?/communications/calls/c1', 'other', undefined, undefined],
    ['/http://communications/calls/c1', 'call', 'c1', undefined],
  ])('%s is a %s', (url, kind, callId, operationId) => {
    expect(parseResourceUrl(url)).toEqual({ kind, callId, operationId });
  });

  it('never throws', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('/', 'communications', 'app', 'calls', '%', 'http://', '?'));
    fc.assert(fc.property(fc.array(piece), (pieces) => void parseResourceUrl(pieces.join(''))));
  });
});
