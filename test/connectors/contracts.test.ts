import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineSource, type SourceConnector } from '#connectors/connector.ts';
import { checkContracts } from '#connectors/contracts.ts';
import { defineEndpoint, faultOfStatus, readAs } from '#connectors/endpoint.ts';
import { checkRecordedAnswers } from '#src/cli/contracts.ts';

const RECORDED = process.env['TEST_CONTRACTS'] ?? '../shared/contracts';
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

/** Writes a folder of recordings: `index.json` from the entries, and a file for each body. */
async function record(entries: Record<string, readonly object[]>, bodies: Record<string, unknown>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'socbot-contracts-'));
  folders.push(directory);
  const files = Object.entries({ 'index.json': entries, ...bodies });
  for (const [file, body] of files) {
    await mkdir(join(directory, dirname(file)), { recursive: true });
    await writeFile(join(directory, file), JSON.stringify(body));
  }
  return directory;
}

/** A vendor with one call, `GET /v1/things/{id}`, whose body is read with the schema. */
function vendorWith(schema: z.ZodType, more: Partial<SourceConnector> = {}): SourceConnector {
  return defineSource({
    id: 'vendor',
    title: 'Vendor',
    kinds: ['domain'],
    exposure: 'own',
    settings: z.object({}),
    switchOn: 'VENDOR_ENABLED',
    create: () => ({ lookUp: () => Promise.reject(new Error('not called')) }),
    endpoints: [
      defineEndpoint({
        method: 'GET',
        path: '/v1/things/{id}',
        placeholders: { id: /^\d+$/ },
        read: (answer) => (answer.status === 200 ? readAs(schema, answer.json) : { fault: faultOfStatus(answer) }),
      }),
    ],
    ...more,
  });
}

const Thing = z.object({ count: z.number() });
const ONE_THING = { file: 'vendor/thing.json', method: 'GET', path: '/v1/things/7', status: 200 };
const CASES = { file: 'vendor/errors-and-edge-cases.json', method: '-', path: '-' };

async function checkCase(recorded: object, connector = vendorWith(Thing)) {
  const directory = await record({ vendor: [CASES] }, { [CASES.file]: [{ case: 'odd', ...recorded }] });
  return checkContracts(directory, [connector]);
}

describe('the check of recorded answers', () => {
  it.skipIf(!existsSync(join(RECORDED, 'index.json')))('reads all that real services answered', async () => {
    const check = await checkContracts(RECORDED);

    expect(check.failed).toEqual([]);
    expect(check.read).toBeGreaterThan(30);
  });

  it('takes 204 without a body for an answer', async () => {
    const remove = defineEndpoint({
      method: 'DELETE',
      path: '/v1/things/{id}',
      read: (answer) => (answer.status === 204 ? { result: true } : { fault: faultOfStatus(answer) }),
    });
    const entry = { ...ONE_THING, method: 'DELETE', status: 204 };
    const directory = await record({ vendor: [entry] }, { 'vendor/thing.json': { __text: '' } });

    expect(await checkContracts(directory, [vendorWith(Thing, { endpoints: [remove] })])).toMatchObject({ failed: [] });
  });

  it('counts what was read, and what belongs to others', async () => {
    const directory = await record(
      {
        vendor: [
          ONE_THING,
          { ...ONE_THING, path: 'https://vendor.example/v1/things/{id}?verbose (a remark)' },
          { ...ONE_THING, path: '/v1/things/upload_url' },
          { ...ONE_THING, path: '/v1/things/7/votes' },
          { ...ONE_THING, method: 'POST' },
        ],
        stranger: [{ file: 'stranger/never-opened.json', method: 'GET', path: '/', status: null }],
      },
      { 'vendor/thing.json': { count: 3 } },
    );

    const check = await checkContracts(directory, [vendorWith(Thing)]);

    expect(check).toEqual({ read: 2, notOurs: 4, failed: [] });
  });

  it('names the index that is not there, and one that is not whole', async () => {
    const directory = await record({}, {});
    const index = join(directory, 'index.json');

    await writeFile(index, '{"vendor":[');
    await expect(checkContracts(directory)).rejects.toThrow(`${index} is not a whole index of recorded answers`);
    await writeFile(index, '{"vendor":7}');
    await expect(checkContracts(directory)).rejects.toThrow(`${index} is not a whole index of recorded answers`);
    await rm(index);
    await expect(checkContracts(directory)).rejects.toThrow(`There is no ${index}; name the folder`);
  });

  it('finds recordings under the name that the vendor has there', async () => {
    const directory = await record({ old: [ONE_THING] }, { 'vendor/thing.json': { count: 3 } });

    expect(await checkContracts(directory, [vendorWith(Thing, { recordedAs: 'old' })])).toMatchObject({ read: 1 });
    expect(await checkContracts(directory, [vendorWith(Thing)])).toMatchObject({ read: 0, notOurs: 1 });
  });

  it('fails on a schema that does not read the answer, and names the field', async () => {
    const directory = await record({ vendor: [ONE_THING] }, { 'vendor/thing.json': { count: 3 } });

    const check = await checkContracts(directory, [vendorWith(z.object({ total: z.number() }))]);

    expect(check).toMatchObject({ read: 0, notOurs: 0 });
    expect(check.failed).toEqual([
      {
        file: 'vendor/thing.json',
        why: 'expected a result, got malformed_response: unreadable answer: total',
      },
    ]);
  });

  it('reads what a recording has kept of a long list', async () => {
    const list = { count: 3, ids: [1, 2, '... (300 in all)'] };
    const directory = await record({ vendor: [ONE_THING] }, { 'vendor/thing.json': list });
    const connector = vendorWith(z.object({ count: z.number(), ids: z.array(z.number()) }));

    expect(await checkContracts(directory, [connector])).toMatchObject({ read: 1, failed: [] });
  });

  it('leaves out a call that was never answered', async () => {
    const directory = await record({ vendor: [{ ...ONE_THING, status: null }] }, { 'vendor/thing.json': {} });

    expect(await checkContracts(directory, [vendorWith(Thing)])).toEqual({ read: 0, notOurs: 1, failed: [] });
  });

  it('is no pass where nothing was read', async () => {
    const directory = await record({ stranger: [ONE_THING] }, {});
    const lines: string[] = [];

    await expect(checkRecordedAnswers(directory, (line) => lines.push(line))).rejects.toThrow('nothing was read');
    expect(lines).toEqual(['0 read, 1 not ours, 0 failed']);
  });

  it('refuses a folder without an index', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'socbot-contracts-'));
    folders.push(directory);

    await expect(checkContracts(directory)).rejects.toThrow(/index\.json/);
  });

  it.each([
    ['a file that is missing', { ...ONE_THING, file: 'vendor/gone.json' }],
    ['a file outside the folder', { ...ONE_THING, file: '../vendor/thing.json' }],
    ['an answer without a status', { ...ONE_THING, status: undefined }],
  ])('fails on %s', async (_, entry) => {
    const directory = await record({ vendor: [entry] }, { 'vendor/thing.json': { count: 3 } });

    expect((await checkContracts(directory, [vendorWith(Thing)])).failed).toHaveLength(1);
  });

  it.each([
    [401, { message: 'no' }],
    [403, { message: 'no' }],
    [429, { message: 'slowly' }],
    [500, { message: 'no' }],
    [503, { __text: '<html>' }],
    [422, { message: 'what?' }],
    [404, { __text: 'nginx' }],
    [200, { __text: '<html>' }],
    [200, { count: 3 }],
    [400, { error: { key: 'database_error' } }],
  ])('reads a case with status %s and body %j', async (status, body) => {
    expect(await checkCase({ status, body })).toMatchObject({ read: 1, failed: [] });
  });

  it.each([
    [404, { message: 'unknown thing' }, 'expected not_found, got malformed_response'],
    [200, { error: { code: 'Wrong' }, count: 3 }, 'got a result'],
    [200, { errors: ['wrong'], count: 3 }, 'got a result'],
    [200, { query_status: 'unknown_auth_key', count: 0 }, 'expected unauthorized, got a result'],
    [200, { query_status: 'no_results', count: 0 }, 'expected to know nothing, got a result'],
    [200, { query_status: 'illegal_hash', count: 0 }, 'expected refused, got a result'],
    [200, { total: 3 }, 'expected a result, got malformed_response'],
    [204, { count: 3 }, 'expected a result, got malformed_response'],
  ])('fails on a case with status %s and body %j that the vendor reads otherwise', async (status, body, why) => {
    const check = await checkCase({ status, body });

    expect(check.failed).toEqual([{ file: CASES.file, case: 'odd', why: expect.stringContaining(why) }]);
  });

  it('never takes an error for a result, even where a connector does', async () => {
    const gullible = vendorWith(Thing, {
      endpoints: [defineEndpoint({ method: 'GET', path: '/', read: () => ({ result: { level: 'clean' } }) })],
    });

    const outcomes = await Promise.all(
      [400, 401, 403, 404, 409, 429, 500, 503].map((status) => checkCase({ status, body: {} }, gullible)),
    );

    expect(outcomes.map(({ failed }) => failed.length)).toEqual(Array.from({ length: 8 }, () => 1));
  });

  it('leaves out cases of calls that the connector never makes, by their names', async () => {
    const connector = vendorWith(Thing, { casesOfOtherCalls: ['odd'] });

    expect(await checkCase({ status: 200, body: { status: 'queued' } }, connector)).toEqual({
      read: 0,
      notOurs: 1,
      failed: [],
    });
  });
});
