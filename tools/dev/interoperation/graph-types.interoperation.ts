/** The types of the OpenAPI fragment against those that Microsoft publishes for JavaScript clients. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { betaDifferences, differences } from './graph-type-differences.ts';
import { type Differences, listed } from './member-differences.ts';

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

interface Ours {
  readonly '@odata.type': string;
  readonly id: string;
  readonly status: string | null;
}
interface Theirs {
  readonly id?: string;
  readonly status?: 'Completed' | 'Failed';
}
type Example = Differences<Ours & Record<string, unknown>, Theirs>;

describe('the types of the fragment', () => {
  it('differ from those of Microsoft as is listed, and in nothing else', () => {
    const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.json'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it.each(Object.entries({ ...differences, ...betaDifferences }))('differ for a reason each: %s', (_resource, list) => {
    for (const [kind, reason] of Object.values(list)) {
      expect(kind).toMatch(/^(ours|theirs|wider|narrower|different|required)$/);
      expect(reason.length).toBeGreaterThan(20);
    }
  });

  it('may be listed only completely and with nothing that is gone: what does not, does not compile', () => {
    const complete = { '@odata.type': ['ours', ''], id: ['required', ''], status: ['wider', ''] } as const;
    expect(listed<Example>()(complete)).toBe(complete);
    // @ts-expect-error a difference is missing
    listed<Example>()({ '@odata.type': ['ours', ''], id: ['required', ''] });
    // @ts-expect-error a difference is of another kind
    listed<Example>()({ ...complete, status: ['narrower', ''] });
    // @ts-expect-error there is no such difference
    listed<Example>()({ ...complete, clientContext: ['ours', ''] });
  });
});
