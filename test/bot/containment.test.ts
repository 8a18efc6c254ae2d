import { describe, expect, it } from 'vitest';
import type { NoteCard } from '#domain/card.ts';
import type { Start } from '#support/bot-desk.ts';
import { ANA, BEN, CLEO, PEOPLE, startBotFixture } from '#support/bot.ts';

const HOUR = 3_600_000;
const BAD = { kind: 'ipv4', value: '203.0.113.66' };

type Changes = Parameters<typeof startBotFixture>[0];

async function startsAfter(text: string, changes: Changes = {}, from = ANA): Promise<readonly Start[]> {
  const fixture = await startBotFixture(changes);
  await fixture.user.send({ from, chat: from, text });
  await fixture.deliver();
  return fixture.engine.starts;
}

/** The words of the one note that was shown. */
async function noteAfter(text: string, changes: Changes = {}): Promise<NoteCard> {
  const [start, ...more] = await startsAfter(text, changes);
  if (more.length > 0 || start?.kind !== 'answer' || !('card' in start.input)) throw new Error('no single note');
  const { card } = start.input;
  if (card.kind !== 'note') throw new Error(`a ${card.kind}`);
  return card;
}

describe('/block', () => {
  it.each([
    ['/block 203.0.113.66', 24 * HOUR, null],
    ['/block 203.0.113.66 2h', 2 * HOUR, null],
    ['/block 203.0.113.66 24H C2 traffic', 24 * HOUR, 'C2 traffic'],
    ['/block 203.0.113.66 24 h C2 traffic', 24 * HOUR, 'C2 traffic'],
    ['/block 203.0.113.66 90 min beacon', 1.5 * HOUR, 'beacon'],
    ['/block 203.0.113.66 24hours', 24 * HOUR, null],
    ['/block 203[.]0[.]113[.]66 1h30m', 1.5 * HOUR, null],
    ['/block 203.0.113.66 C2 traffic, 3 hosts', 24 * HOUR, 'C2 traffic, 3 hosts'],
    ['/block 203.0.113.66 for 2 hours', 2 * HOUR, null],
    ['/block 203.0.113.66 １h', HOUR, null],
    ['/block 203.0.113.66 for the night', 24 * HOUR, 'for the night'],
    ['/block 203.0.113.66 3 hosts beacon to it', 24 * HOUR, '3 hosts beacon to it'],
    ['/block tlp:green 203.0.113.66 1h seen twice', HOUR, 'seen twice'],
    ['/block\n203.0.113.66\n1h\nseen twice', HOUR, 'seen twice'],
  ])('reads %j', async (text, durationMs, reason) => {
    const starts = await startsAfter(text);

    expect(starts).toMatchObject([
      {
        kind: 'containment',
        input: { plan: { action: 'block', target: BAD, systems: ['block-feed'], durationMs }, reason, isStale: false },
        memo: { title: 'Block 203.0.113[.]66', plan: { durationMs } },
      },
    ]);
  });

  it.each(['1 week', 'for 2 months', '60', 'forever', 'permanently'])(
    'asks again instead of blocking for the usual time: %s',
    async (words) => {
      const note = await noteAfter(`/block 203.0.113.66 ${words}`);

      expect(note).toMatchObject({ title: 'For how long?', quoted: words.replace('for ', '') });
    },
  );

  it.each(['2w', '10y', '0h', '1.5h', '-1h', '99999999999d', '3x'])(
    'asks again when a duration cannot be read, instead of taking it for a reason: %s',
    async (duration) => {
      const note = await noteAfter(`/block 203.0.113.66 ${duration} C2 traffic`);

      expect(note).toMatchObject({ tone: 'question', title: 'For how long?', quoted: duration });
    },
  );

  it('asks everybody who may decide, and never the requester', async () => {
    const [byAna] = await startsAfter('/block 203.0.113.66');
    const [byBen] = await startsAfter('/block 203.0.113.66', {}, BEN);

    const ben = { name: 'ben', telegramId: BEN };
    const cleo = { name: 'cleo', telegramId: CLEO };
    expect(byAna).toMatchObject({ input: { approvers: [ben, cleo] } });
    expect(byBen).toMatchObject({ input: { approvers: [cleo] } });
  });

  it('takes a person with two accounts for one', async () => {
    const people = [
      { name: 'ben', role: 'responder', telegramIds: [BEN, CLEO] },
      { name: 'ana', role: 'admin', telegramIds: [ANA] },
    ] as const;
    const [start] = await startsAfter('/block 203.0.113.66', { access: { people, groups: new Set() } }, CLEO);

    expect(start).toMatchObject({ input: { ask: { by: { name: 'ben' } }, approvers: [{ name: 'ana' }] } });
  });

  it.each([
    ['10.1.2.3', 'private address'],
    ['127.0.0.1', 'loopback'],
    ['198.51.100.7', 'our own network 198.51.100.0/24'],
    ['224.0.0.1', 'multicast'],
    ['169.254.169.254', 'link-local'],
    ['::1', 'loopback'],
    ['fd00::1', 'private address'],
    ['203.0.113.0/24', 'Only a single IP address'],
    ['evil.example', 'Only a single IP address'],
  ])('says why %s is not blocked', async (target, why) => {
    const note = await noteAfter(`/block ${target}`);

    expect(note).toMatchObject({ tone: 'error', title: 'Not asked: block' });
    expect(note.objection).toContain(why);
  });

  it('says that PAP:AMBER and above forbid it', async () => {
    expect((await noteAfter('/block pap:amber 203.0.113.66')).objection).toBe(
      'PAP:AMBER forbids it: only PAP:GREEN and PAP:CLEAR allow a block.',
    );
    expect((await noteAfter('/block pap:red 203.0.113.66')).objection).toContain('PAP:RED forbids it');
  });

  it('says how long a block may last at most', async () => {
    expect((await noteAfter('/block 203.0.113.66 8d')).objection).toMatch(/^Longer than a block may last \(7d\)/);
    expect(await startsAfter('/block 203.0.113.66 7d')).toMatchObject([{ kind: 'containment' }]);
  });

  it('names the setting when no system that blocks is on', async () => {
    expect((await noteAfter('/block 203.0.113.66', { systems: [] })).objection).toContain('BLOCK_FEED_LISTEN');
  });

  it('says so when nobody could approve it', async () => {
    const access = { people: PEOPLE.slice(0, 1), groups: new Set<number>() };

    expect((await noteAfter('/block 203.0.113.66', { access })).objection).toContain('nobody but you');
  });

  it('asks for the address when there is none, and for the right one when it cannot be read', async () => {
    expect(await noteAfter('/block')).toMatchObject({ tone: 'question', title: 'Block what?' });
    expect(await noteAfter('/block 999.1.1.1')).toMatchObject({ title: 'Not understood', quoted: '999.1.1.1' });
    expect(await noteAfter('/unblock')).toMatchObject({ title: 'Unblock what?' });
  });

  it('asks whether it is still wanted when it was typed more than ten minutes ago', async () => {
    const { user, deliver, engine } = await startBotFixture();
    await user.send({ from: ANA, chat: ANA, text: '/block 203.0.113.66', agoMs: 9 * 60_000 });
    await user.send({ from: ANA, chat: ANA, text: '/block 203.0.113.67', agoMs: 11 * 60_000 });
    await user.send({ from: ANA, chat: ANA, text: '/unblock 203.0.113.68', agoMs: 20 * HOUR });

    await deliver();

    expect(engine.starts.map((start) => start.kind === 'containment' && start.input.isStale)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('does the same for a command that waited while SocBot was away', async () => {
    const { user, deliver, engine, advance } = await startBotFixture();
    await user.send({ from: ANA, chat: ANA, text: '/block 203.0.113.66' });
    await advance(11 * 60_000);

    await deliver();

    expect(engine.starts).toMatchObject([{ input: { isStale: true } }]);
  });
});

describe('/unblock', () => {
  it('asks to lift without an end, under the same approval', async () => {
    expect(await startsAfter('/unblock 203.0.113.66 false alarm')).toMatchObject([
      { input: { plan: { action: 'unblock', target: BAD, durationMs: null }, reason: 'false alarm' } },
    ]);
  });

  it('is allowed where blocking is not: letting go is always possible', async () => {
    expect(await startsAfter('/unblock pap:red 198.51.100.7')).toMatchObject([{ kind: 'containment' }]);
  });

  it('does not take what can never have been blocked', async () => {
    expect((await noteAfter('/unblock evil.example')).objection).toContain('Only a single IP address');
  });
});

describe('/blocked', () => {
  it('reads what is enforced, all of it or what matches', async () => {
    expect(await startsAfter('/blocked')).toMatchObject([{ input: { read: { what: 'held', query: null } } }]);
    expect(await startsAfter('/blocked 203.0')).toMatchObject([{ input: { read: { what: 'held', query: '203.0' } } }]);
  });
});
