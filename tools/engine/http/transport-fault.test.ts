import { describe, expect, it } from 'vitest';
import { describeFault, type RequestProgress } from './transport-fault.ts';

const progress: RequestProgress = { host: 'target.example:8080', timeoutMs: 100, maxBodyBytes: 8, answerBegun: false };
const withCode = (code: string, message = 'something') => Object.assign(new Error(message), { code });

describe('a transport fault', () => {
  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNABORTED', 'timeout'],
    ['ETOOLARGE', 'too-large'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['HPE_INVALID_CONSTANT', 'protocol'],
    ['HPE_HEADER_OVERFLOW', 'protocol'],
    ['Z_DATA_ERROR', 'protocol'],
    ['ERR__ERROR_FORMAT_PADDING_1', 'protocol'],
    ['EPROTO', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['SOMETHING_ELSE', 'reset'],
  ])('%s is of kind %s, in one sentence', (code, kind) => {
    const description = describeFault(withCode(code, 'first\nsecond'), progress);
    expect(description.kind).toBe(kind);
    expect(description.message).not.toMatch(/\n|undefined/);
  });

  it('is torn when an answer had begun', () => {
    for (const code of ['ECONNRESET', 'EPIPE', 'HPE_INVALID_EOF_STATE', 'SOMETHING_ELSE']) {
      expect(describeFault(withCode(code), { ...progress, answerBegun: true }).kind).toBe('torn');
    }
  });

  it('is described whatever is thrown', () => {
    for (const error of [undefined, null, 'text', 1, {}, { code: 7 }]) {
      expect(describeFault(error, progress)).toMatchObject({ kind: 'reset', message: expect.any(String) });
    }
  });
});
