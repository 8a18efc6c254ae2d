import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keyBytesOf } from '#config/signing-key.ts';
import { Secret } from '#domain/secret.ts';
import { enrol, type EnrolOptions } from '#src/cli/enrol.ts';
import { totpOf } from '#store/one-time-codes.ts';
import { openStore } from '#store/open-store.ts';
import { createOperatorPlace, createTerminal, openStoreIn, SIGNING_KEY } from '#support/people-commands.ts';
import { objectionToPostgres, startPostgres } from '#support/postgres.ts';

/** Shaped like a key, and nobody's. */
const AUDIT_KEY = 'YXVkaXQta2V5LWF1ZGl0LWtleS0wMTIzNDU2Nzg5YWI=';

const KEYS = [keyBytesOf(new Secret(SIGNING_KEY))];

const WHITE_ON_BLACK = '\u001B[38;5;231;48;5;16m';
const PLAIN = '\u001B[0m';

/** The secret as it was printed for typing. */
function secretIn(printed: readonly string[]): string {
  return (printed.find((line) => /^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/.test(line)) ?? '').replaceAll(' ', '');
}

const rightCode = (printed: readonly string[]) => totpOf(secretIn(printed)).generate();

async function run(
  name: string | undefined,
  options: EnrolOptions,
  { sources }: Awaited<ReturnType<typeof createOperatorPlace>>,
  terminal = createTerminal(rightCode),
): Promise<readonly string[]> {
  await enrol(name, options, sources, terminal);
  return terminal.printed;
}

describe('socbot enrol', () => {
  it('shows a secret once and keeps it when a code of it was typed', async () => {
    const place = await createOperatorPlace();

    const printed = await run('Ben', {}, place);

    expect(printed.join('\n')).toContain('SocBot:Ben');
    expect(printed).toContain('Ben has an authenticator now.');
    const store = await openStoreIn(place.dataDir);
    const now = new Date(Date.now() + 60_000);
    const code = totpOf(secretIn(printed)).generate({ timestamp: now.getTime() });
    const proof = { person: 'Ben', code, key: 'k', now: now.toISOString() };
    expect(await store.secondFactors(KEYS).verify(proof)).toEqual({ kind: 'right' });
    expect(await store.audit.list({ limit: 9 })).toMatchObject([
      { who: null, action: 'enrol', outcome: 'enrolled', detail: 'Ben' },
    ]);
  });

  it('does not let the code count in the chat that was typed here', async () => {
    const place = await createOperatorPlace();
    let typed = '';
    const terminal = createTerminal((printed) => (typed = rightCode(printed)));
    await run('Ben', {}, place, terminal);

    const store = await openStoreIn(place.dataDir);
    const proof = { person: 'Ben', code: typed, key: 'k', now: new Date().toISOString() };
    expect((await store.secondFactors(KEYS).verify(proof)).kind).not.toBe('right');
  });

  it('draws a code that no theme of the terminal turns round, and bare where it is no terminal', async () => {
    const place = await createOperatorPlace();

    const [drawn = ''] = await run('Ben', {}, place);
    const [bare = ''] = await run('Ben', { evenIfRecorded: true }, place, createTerminal(rightCode, false));

    const lines = drawn.split('\n');
    expect(lines.every((line) => line.startsWith(WHITE_ON_BLACK) && line.endsWith(PLAIN))).toBe(true);
    expect(bare).toMatch(/^[█▀▄ \n]+$/);
  });

  it('asks again after a wrong code, and says when another authenticator was there before', async () => {
    const place = await createOperatorPlace();
    await run('Ben', {}, place);
    const answers = ['000 000x', 'hello', ''];

    const printed = await run(
      'Ben',
      {},
      place,
      createTerminal((lines) => answers.pop() ?? rightCode(lines)),
    );

    expect(printed.filter((line) => line.startsWith('That is not its code.'))).toHaveLength(3);
    expect(printed).toContain('Ben has an authenticator now. The one before counts no more.');
  });

  it.each([
    ['five wrong ones', (): string => 'no code', 5],
    ['none', (): null => null, 1],
  ] as const)('changes nothing where it was typed %s', async (_, answer, asked) => {
    const place = await createOperatorPlace();
    const terminal = createTerminal(answer);

    await expect(run('Ben', {}, place, terminal)).rejects.toThrow('nothing has changed');

    expect(terminal.printed.filter((line) => line.includes('digits that it shows now:'))).toHaveLength(asked);
    const store = await openStoreIn(place.dataDir);
    expect(await store.secondFactors(KEYS).listEnrolled()).toEqual([]);
    expect(await store.audit.list({ limit: 9 })).toEqual([]);
  });

  it('shows no secret where it would be recorded, and makes nothing', async () => {
    const place = await createOperatorPlace();
    const terminal = createTerminal(rightCode, false);

    await expect(run('Ben', {}, place, terminal)).rejects.toThrow('--even-if-recorded');

    expect(terminal.printed).toEqual([]);
    expect(existsSync(place.dataDir)).toBe(false);
  });

  it.each([
    ['Zoe', 'There is no Zoe in socbot.yaml; there are Ana, Ben'],
    ['ben', 'There is no ben in socbot.yaml; there are Ana, Ben'],
    [undefined, 'Say whom; there are Ana, Ben'],
  ])('refuses %s, who is not on the list', async (name, words) => {
    await expect(run(name, {}, await createOperatorPlace())).rejects.toThrow(words);
  });

  it('lists who has one, with what keeps it from working', async () => {
    const place = await createOperatorPlace();
    await run('Ben', {}, place);
    const store = await openStoreIn(place.dataDir);
    await store
      .secondFactors([new Uint8Array(32).fill(9)])
      .enrol('Ana', 'GEZDGNBVGY3TQOJQ', '2026-03-01T12:00:00.000Z');
    const now = new Date().toISOString();
    for (const key of ['1', '2', '3', '4', '5']) {
      await store.secondFactors(KEYS).verify({ person: 'Ben', code: 'wrong', key, now });
    }

    const printed = await run(undefined, { list: true }, place);

    expect(printed).toEqual([
      expect.stringMatching(/^Ana +2026-03-01T12:00:00.000Z +cannot be read with this SOCBOT_KEY: enrol again$/),
      expect.stringMatching(/^Ben +\d{4}-\S+Z +locked until \d{4}-\S+Z$/),
    ]);
  });

  it('takes one away, also while it is in use, and says where there was none', async () => {
    const place = await createOperatorPlace();
    await run('Ben', {}, place);
    const store = await openStoreIn(place.dataDir);

    expect(await run('Ben', { remove: true }, place)).toEqual(['Ben has no authenticator any more.']);

    expect(await store.secondFactors(KEYS).isEnrolled('Ben')).toBe(false);
    expect(await store.audit.list({ limit: 1 })).toMatchObject([
      { action: 'enrol', outcome: 'removed', detail: 'Ben' },
    ]);
    await expect(run('Ben', { remove: true }, place)).rejects.toThrow('There is no authenticator of Ben');
    expect(await run(undefined, { list: true }, place)).toEqual(['Nobody has an authenticator yet.']);
  });

  it('looks nothing up and takes nothing away in a directory that SocBot does not run with', async () => {
    const place = await createOperatorPlace();

    await expect(run('Ben', { remove: true }, place)).rejects.toThrow('there is no such file');
    await expect(run(undefined, { list: true }, place)).rejects.toThrow('there is no such file');
    expect(existsSync(place.dataDir)).toBe(false);
  });
});

const objection = objectionToPostgres();

describe(`socbot enrol on PostgreSQL${objection === null ? '' : ` (${objection})`}`, () => {
  it.skipIf(objection !== null)('enrols where all processes look, and makes nothing on this machine', async () => {
    const server = await startPostgres({ isDurable: false });
    onTestFinished(server.stop);
    const databaseUrl = await server.createSpace();
    const place = await createOperatorPlace({ DATABASE_URL: databaseUrl, SOCBOT_AUDIT_KEY: AUDIT_KEY });

    await run('Ben', {}, place);

    const store = await openStore({ databaseUrl });
    expect(await store.secondFactors(KEYS).listEnrolled()).toMatchObject([{ person: 'Ben', isReadable: true }]);
    await store.close();
    expect(existsSync(place.dataDir)).toBe(false);
  });
});
