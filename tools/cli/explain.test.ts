import { describe, expect, it } from 'vitest';
import { requirementIds } from '../../specs/generated/requirement-ids.ts';
import { loadDescribedCases } from '../engine/catalogue/described-cases.ts';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { fakeIo } from '../dev/testing/fake-io.ts';
import { explain } from './explain.ts';

async function explained(id: string, json = false): Promise<string> {
  const io = fakeIo();
  await explain(id, { json }, io);
  return io.printed();
}

describe('explain', () => {
  it('says what a requirement promises, on what evidence, where it is said and what to look at', async () => {
    const text = await explained('status.ended-call');
    expect(text).toContain('status.ended-call (must, documented)\n  Muting a deleted call returns 404.');
    expect(text).toMatch(/source +call: keepAlive/);
    expect(text).toContain('https://learn.microsoft.com/graph/api/call-keepalive');
    expect(text).toMatch(/hint +Whether the lookup still finds a deleted call/);
    expect(text).toMatch(/proven by +fault ended-call-muted: /);
  });

  it('shows each request as it is sent, what is accepted, and the control', async () => {
    const text = await explained('status.ended-call');
    expect(text).toContain(`
  given         two group calls
  sends         DELETE /communications/calls/{call-id}
                authorization: Bearer $TOKEN
  sends         POST /communications/calls/{call-id}/mute
                authorization: Bearer $TOKEN
                content-type: application/json
                {"clientContext":"{client-context}"}
  accepts       status 404
  control       POST /communications/calls/{other-call-id}/mute
                authorization: Bearer $TOKEN
                content-type: application/json
                {"clientContext":"{client-context}"}
`);
  });

  it('tells a case on both paths once for a requirement, and on its own by its id', async () => {
    const requirement = await explained('status.success');
    expect(requirement).toContain('with-200, and on /app with @app\n');
    expect(requirement).not.toContain('POST /app/');
    const onApp = await explained('status.success/answers-a-valid-mute-of-a-group-call-with-200@app');
    expect(onApp).toContain('POST /app/calls/{call-id}/mute');
    expect(onApp).toContain('A valid mute of a group call returns 200');
  });

  it('names the capability, the rules that it follows from, and the source that says otherwise', async () => {
    expect(await explained('path.app')).toMatch(/needs +app, declared/);
    expect(await explained('roster.no-crosstalk')).toMatch(/follows from +roster\.callback\n/);
    expect(await explained('response.status-case')).toMatch(/contradicted +OData CSDL/);
  });

  it('says so where a condition does not arise, or where a whole run is judged', async () => {
    expect(await explained('context.too-long-echo')).toMatch(/note +does not arise on the embedded emulator: /);
    expect(await explained('operation.pending-completes')).toContain('--variant operation-asynchronous shows it');
    expect(await explained('transport.answered')).toMatch(/looks at +all that the other cases sent/);
  });

  it('as JSON has the requirement, its cases and its faults', async () => {
    const { requirement, cases, faults } = JSON.parse(await explained('status.success', true)) as Record<
      string,
      unknown
    >;
    expect(requirement).toMatchObject({ id: 'status.success', level: 'must' });
    expect(cases).toEqual(loadDescribedCases().filter((one) => one.requirement === 'status.success'));
    expect(faults).toContainEqual(expect.objectContaining({ id: 'status-201' }));
  });

  it.each(requirementIds)('explains %s with at least one case', async (id) => {
    const text = await explained(id);
    expect(text).toMatch(/^ {2}(sends|looks at) /m);
    expect(text).toMatch(/^ {2}(accepts|note) /m);
  });

  it('refuses what is neither, and says what was probably meant', async () => {
    await expect(explained('status.sucess')).rejects.toThrow(ConfigurationError);
    await expect(explained('status.sucess')).rejects.toThrow(/"status\.sucess"; did you mean status\.success\?/);
    await expect(explained('status.success/answers-a-valid-mute-of-a-group-call-with-201')).rejects.toThrow(
      /did you mean status\.success\/answers-a-valid-mute-of-a-group-call-with-200\?/,
    );
    await expect(explained('toString')).rejects.toThrow(/no requirement and no case/);
  });
});
