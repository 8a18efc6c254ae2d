import { describe, expect, it } from 'vitest';
import { formatFreeze } from '#domain/freeze.ts';
import { DEFAULT_RULES } from '#domain/policy.ts';
import { MARKS } from '#store/mark-names.ts';
import { noteAfter, startsAfter } from '#support/bot-asks.ts';
import { ANA, BEN, PEOPLE, startBotFixture } from '#support/bot.ts';

/** Only these people of the list. */
const among = (...names: readonly string[]) => ({
  access: { people: PEOPLE.filter(({ name }) => names.includes(name)), groups: new Set<number>() },
});

describe('what the guard keeps', () => {
  it.each([
    ['10.1.2.3', 'private address'],
    ['127.0.0.1', 'loopback'],
    ['198.51.100.7', 'our own network 198.51.100.0/24'],
    ['198.51.100.128/25', 'our own network 198.51.100.0/24'],
    ['224.0.0.1', 'multicast'],
    ['169.254.169.254', 'link-local'],
    ['::1', 'loopback'],
    ['fd00::1', 'private address'],
    ['203.0.0.0/16', 'wider than /24'],
    ['149.154.167.220', 'life-line'],
    ['https://198.51.100.7/a', 'our own network'],
    ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'the hash of an empty file'],
  ])('is not asked for, and says why: %s', async (target, why) => {
    const note = await noteAfter(`/block ${target}`);

    expect(note).toMatchObject({ tone: 'error', title: 'Not asked: block', quoted: target });
    expect(note.objection).toContain(why);
  });

  it('is named where it is one of several, and none of them is asked for', async () => {
    expect((await noteAfter('/block 203.0.113.66 198.51.100.7')).objection).toBe(
      '198.51.100[.]7: It belongs to our own network 198.51.100.0/24.',
    );
  });
});

describe('a wish is not asked', () => {
  it('against its markings', async () => {
    expect((await noteAfter('/block pap:amber 203.0.113.66')).objection).toBe(
      'PAP:AMBER forbids it: only PAP:GREEN and PAP:CLEAR allow a block.',
    );
    expect((await noteAfter('/isolate pap:red ws-114')).objection).toContain('PAP:RED forbids it');
  });

  it('about what the chat must not show, which it does not repeat', async () => {
    const note = await noteAfter('/block tlp:red 203.0.113.66');

    expect(note.objection).toContain('TLP:RED must not be shown in Telegram');
    expect(JSON.stringify(note)).not.toContain('203.0.113.66');
  });

  it('for longer than its rule allows', async () => {
    expect((await noteAfter('/block 203.0.113.66 31d')).objection).toBe(
      'Longer than 24h. It may last 30d at most. Ask for less; it can be extended.',
    );
    const judge = () => [{ tier: 'two_people', why: 'It is a public resolver.' }] as const;
    expect((await noteAfter('/block 203.0.113.66 8h worm', { judge })).objection).toBe(
      'It is a public resolver. It may last 4h at most. Ask for less; it can be extended.',
    );
    expect(await startsAfter('/block 203.0.113.66 30d')).toMatchObject([{ kind: 'containment' }]);
  });

  it('without a reason where the rule demands one', async () => {
    expect((await noteAfter('/isolate dc1 2h')).objection).toBe(
      'The machine dc1 is critical. It needs a reason: write it behind the target.',
    );
    expect(await startsAfter('/isolate dc1 2h worm')).toMatchObject([
      { kind: 'containment', input: { stakes: { tier: 'critical', rule: { approvals: 2 } } } },
    ]);
  });

  it('of more targets than one request takes', async () => {
    const targets = Array.from({ length: 21 }, (_, at) => `203.0.113.${at + 1}`).join(' ');

    expect((await noteAfter(`/block ${targets}`)).objection).toBe('These are 21 targets; one request takes 20.');
  });

  it('of a kind that no system takes', async () => {
    expect((await noteAfter('/block mail@evil.example')).objection).toBe(
      'No system that is switched on takes the kind email.',
    );
    expect((await noteAfter('/block 203.0.113.66 mail@evil.example')).objection).toContain('the kind email');
  });

  it('where nothing could carry it out, and names what to set', async () => {
    const responders = [
      { id: 'block-feed', title: '', kinds: ['ipv4'], isBlind: false, isDryRun: false, isPlainList: true },
    ] as const;

    expect((await noteAfter('/block 203.0.113.66', { responders: [] })).objection).toContain('BLOCK_FEED_LISTEN');
    expect((await noteAfter('/isolate ws-114', { responders })).objection).toContain('set up Microsoft Defender');
  });

  it('where nobody, or too few, could approve it', async () => {
    expect((await noteAfter('/block 203.0.113.66', among('ana'))).objection).toBe(
      'There is nobody but you who could approve it.',
    );
    expect((await noteAfter('/isolate dc1 2h worm', among('ana', 'ben'))).objection).toBe(
      'The machine dc1 is critical. It takes 2 people to approve, and besides you there is 1.',
    );
  });

  it('by whoever may not ask for it by the rules', async () => {
    const { settings } = (await startBotFixture()).deps;
    const usual = { ...DEFAULT_RULES.block.usual, ask: 'responder' } as const;
    const rules = { ...DEFAULT_RULES, block: { ...DEFAULT_RULES.block, usual } };

    expect((await noteAfter('/block 203.0.113.66', { settings: { ...settings, rules } })).objection).toBe(
      'Asking for this needs the role responder; yours is analyst.',
    );
  });

  it('while everything is frozen; letting go is', async () => {
    const fixture = await startBotFixture();
    const record = { by: 'ben', at: fixture.deps.now(), reason: 'wrong list', thaw: [] };
    await fixture.store.marks.set(MARKS.freeze, formatFreeze(record), fixture.deps.now());
    await fixture.user.send({ from: ANA, chat: ANA, text: '/block 203.0.113.66' });
    await fixture.user.send({ from: ANA, chat: ANA, text: '/release ws-114' });

    await fixture.deliver();

    expect(fixture.engine.starts).toMatchObject([
      { kind: 'answer', input: { card: { objection: 'Everything is frozen by ben (wrong list).' } } },
      { kind: 'containment', input: { plan: { action: 'release' } } },
    ]);
  });

  it('about what is on the allow list', async () => {
    const fixture = await startBotFixture();
    await fixture.store.leases.begin({
      system: 'allow-list',
      target: 'ipv4:203.0.113.66',
      leaseId: 'tg-700000001-1',
      until: '2999-01-01T00:00:00.000Z',
      by: 'ben',
      digest: '0000 0000',
      place: 0,
      attempt: 'a',
      now: fixture.deps.now(),
    });
    await fixture.user.send({ from: ANA, chat: ANA, text: '/block 203.0.113.0/25 1h' });

    await fixture.deliver();

    expect(JSON.stringify(fixture.engine.starts)).toContain('is on the allow list. Take it off there first');
  });

  it('twice: whoever asks for the same is led to what waits', async () => {
    const fixture = await startBotFixture();
    fixture.engine.knowsWaiting = true;
    await fixture.user.send({ from: ANA, chat: ANA, text: '/block 203.0.113.66 1h' });
    await fixture.user.send({ from: BEN, chat: BEN, text: '/block 203.0.113.66 2h other words' });
    await fixture.user.send({ from: BEN, chat: BEN, text: '/block 203.0.113.67' });

    await fixture.deliver();

    const [first, joined, other] = fixture.engine.starts;
    expect([first?.kind, joined?.kind, other?.kind]).toEqual(['containment', 'answer', 'containment']);
    expect(joined).toMatchObject({ input: { card: { title: 'Asked already' } } });
    expect(JSON.stringify(joined)).toMatch(/\/status \w{4}/);
    expect(await fixture.audit()).toMatchObject([
      { outcome: 'asked' },
      { who: 'ben', outcome: 'refused', detail: expect.stringMatching(/^waits as #\w{4}$/) as string },
      { outcome: 'asked' },
    ]);
  });
});

describe('somebody who may approve alone', () => {
  it.each([
    ['with a reason', '/block 203.0.113.66 1h C2', true],
    ['without one', '/block 203.0.113.66 1h', false],
    ['where more is at stake', '/isolate dc1 1h worm', false],
  ])('may so only %s', async (_, text, mayActAlone) => {
    expect(await startsAfter(text, {}, BEN)).toMatchObject([
      mayActAlone ? { input: { mayActAlone } } : text.includes('dc1') ? { kind: 'answer' } : { input: { mayActAlone } },
    ]);
  });

  it('may ask though there is nobody else', async () => {
    expect(await startsAfter('/block 203.0.113.66 1h C2', among('ben'), BEN)).toMatchObject([
      { input: { approvers: [], mayActAlone: true } },
    ]);
    expect(await startsAfter('/block 203.0.113.66 1h', among('ben'), BEN)).toMatchObject([{ kind: 'answer' }]);
  });

  it('is never an analyst', async () => {
    expect(await startsAfter('/block 203.0.113.66 1h C2')).toMatchObject([{ input: { mayActAlone: false } }]);
  });
});

describe('the asking for what', () => {
  it('is asked back where nothing was named, and where it cannot be read', async () => {
    expect(await noteAfter('/block')).toMatchObject({ tone: 'question', title: 'Block what?' });
    expect(await noteAfter('/block 999.1.1.1')).toMatchObject({ title: 'Not understood', quoted: '999.1.1.1' });
    expect(await noteAfter('/unblock')).toMatchObject({ title: 'Unblock what?' });
    expect(await noteAfter('/allow')).toMatchObject({ title: 'Allow what?' });
  });
});
