import { describe, expect, it } from 'vitest';
import { renderCard } from '#cards/render.ts';
import type { HeldCard, NoteCard, OfferCard, RequestsCard, StatusCard } from '#domain/card.ts';
import { observableKey, type Observable } from '#domain/observable.ts';
import { ASK, AT, BAD, draw } from '#support/cards.ts';

const MARKINGS = { tlp: 'AMBER', pap: 'GREEN' } as const;
const OPEN = { tlp: 'CLEAR', pap: 'CLEAR' } as const;
const EVIL = { kind: 'domain', value: 'login.evil.example' } as const;

describe('an offer', () => {
  const offer: OfferCard = {
    kind: 'offer',
    rev: 0,
    ask: ASK,
    found: [BAD, EVIL],
    notes: [],
    markings: MARKINGS,
    mostOpen: OPEN,
  };
  const many = Array.from({ length: 30 }, (_, at): Observable => ({ kind: 'ipv4', value: `203.0.113.${at}` }));

  it('goes round the markings, never to more open ones than it may', () => {
    const closed = { tlp: 'RED', pap: 'RED' } as const;
    const buttonsUnder = (mostOpen: OfferCard['mostOpen']) =>
      draw({ ...offer, markings: closed, mostOpen })
        .split('\n')
        .at(-1);

    expect(buttonsUnder(OPEN)).toBe('[ TLP → CLEAR ] [ PAP → CLEAR ]');
    expect(buttonsUnder({ tlp: 'AMBER', pap: 'RED' })).toBe('[ TLP → AMBER ] [= PAP:RED =]');
    expect(buttonsUnder(closed)).toBe('[= TLP:RED =] [= PAP:RED =]');
  });

  it('has a chip for each, all at once, and the markings', () => {
    const notes = ['xn--vil-qdd[.]example: letters of Latin and Cyrillic are mixed'];

    expect(draw({ ...offer, notes })).toMatchInlineSnapshot(`
      "🔎 FOUND 2 observables
      1 ipv4 203.0.113[.]66
      2 domain login.evil[.]example
      ⚠ xn--vil-qdd[.]example: letters of Latin and Cyrillic are mixed

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔎 1 ]{b} [ 🔎 2 ]{b}
      [ Look up all 2 ]
      [ TLP → AMBER+STRICT ] [ PAP → AMBER ]"
    `);
  });

  it('has one button for one', () => {
    expect(draw({ ...offer, found: [BAD] })).toMatchInlineSnapshot(`
      "🔎 FOUND 1 observable
      1 ipv4 203.0.113[.]66

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔎 Look up ]{b}
      [ TLP → AMBER+STRICT ] [ PAP → AMBER ]"
    `);
  });

  it('shows the first eight of many and offers all', () => {
    const drawn = draw({ ...offer, found: many });

    expect(drawn).toContain('8 ipv4 203.0.113[.]7\n… and 22 more\n');
    expect(drawn).toContain('[ Look up all 30 ]');
  });
});

describe('the list of what is blocked', () => {
  const held: HeldCard['held'] = [
    { system: 'block-feed', target: BAD, until: AT, by: 'ana', leaseId: 'tg-700000001-40' },
    { system: 'block-feed', target: EVIL, until: AT, by: 'ana', leaseId: 'tg-700000001-40' },
    { system: 'crowdsec', target: { kind: 'ipv6', value: '2001:db8::1' }, until: null, by: null, leaseId: null },
  ];
  const places = {
    [`tg-700000001-40 ${observableKey(BAD)}`]: 0,
    [`tg-700000001-40 ${observableKey(EVIL)}`]: 1,
  };
  const card: HeldCard = { kind: 'held', ask: ASK, held, query: null, unread: [], places };

  it('has a button to lift each that can be lifted', () => {
    expect(draw(card)).toMatchInlineSnapshot(`
      "🧱 BLOCKED NOW (3)
      1 203.0.113[.]66 · block feed, lifts 2026-11-24 02:14 UTC · ana · #YQD8
      2 login.evil[.]example · block feed, lifts 2026-11-24 02:14 UTC · ana · #YQD8
      3 2001[:]db8::1 · CrowdSec · not by SocBot: /unblock
      Press a number to ask for lifting it.

      ana · #ZDJA
      [ ♻ 1 ]{g} [ ♻ 2 ]{g}"
    `);
  });

  it('says so when nothing is blocked, and never when it could not be read', () => {
    const unread = [{ system: 'block-feed', why: 'The store is not available (SQLITE_BUSY)' }];

    expect(draw({ ...card, held: [] }).split('\n')[0]).toBe('🧱 NOTHING BLOCKED');
    expect(draw({ ...card, held: [], query: '203' }).split('\n')[0]).toBe('🧱 NOTHING BLOCKED matching 203');
    expect(draw({ ...card, held: [], unread })).toMatchInlineSnapshot(`
      "🟠 NOT KNOWN what is blocked
      ⚠ block feed could not be read: The store is not available (SQLITE_BUSY)

      ana · #ZDJA"
    `);
    expect(draw({ ...card, unread }).split('\n')[0]).toBe('🧱 BLOCKED NOW (at least 3)');
  });

  it('lifts each target of a request by its place, and nothing whose place is not known', () => {
    const pressOf = (shown: HeldCard) =>
      renderCard(shown).rows.flatMap((row) =>
        row.map((button) => (button.does === 'press' ? [button.label, button.request, button.arg] : [])),
      );

    expect(pressOf(card)).toEqual([
      ['♻ 1', 'tg-700000001-40', 0],
      ['♻ 2', 'tg-700000001-40', 1],
    ]);
    expect(pressOf({ ...card, places: {} })).toEqual([]);
    expect(draw({ ...card, places: {} })).not.toContain('Press a number');
  });

  it('has room for eight, and says how to see the rest', () => {
    const many = Array.from({ length: 30 }, () => held[0]).filter((one) => one !== undefined);

    expect(draw({ ...card, held: many })).toContain('… and 22 more: narrow it with /blocked <text>');
    expect(renderCard({ ...card, held: many }).rows.map((row) => row.length)).toEqual([4, 4]);
  });
});

describe('help', () => {
  it('tells those who decide how they decide, and nobody else', () => {
    const helpOf = (role: 'analyst' | 'responder') => draw({ kind: 'help', role, botName: 'socbot_range_bot' });

    expect(helpOf('responder')).toContain('Approve or Deny');
    expect(helpOf('analyst')).not.toContain('Approve');
  });

  it('shows what a viewer may do, and nothing else', () => {
    expect(draw({ kind: 'help', role: 'viewer', botName: 'socbot_range_bot' })).toMatchInlineSnapshot(`
      "SocBot · what you may do as viewer

      /ioc asks all sources
         /ioc tlp:green 203.0.113.66
      /vt asks VirusTotal only
         /vt login.evil.example
      /blocked lists what is blocked now
      /pending lists what waits for a decision
      /status shows how SocBot is, or one request
         /status 7K3M
      /cancel cancels your request
         /cancel 7K3M
      /whoami shows your id and your role
      /help shows this

      Send an address, a domain, a URL or a hash as it is, or paste a text: I offer what I find in it. Answer a message with a command to use its text.
      In a group, write /ioc@socbot_range_bot or answer a message."
    `);
  });

  it('shows an analyst how to block', () => {
    expect(draw({ kind: 'help', role: 'analyst', botName: 'socbot_range_bot' })).toContain(
      '/block asks to block addresses, networks, domains, URLs or hashes; a responder decides\n   /block 203.0.113.66 24h C2 traffic\n',
    );
  });
});

describe('who I am', () => {
  it('is name, role and number', () => {
    expect(draw({ kind: 'who_am_i', name: 'ana', role: 'analyst', telegramId: 1001 })).toMatchInlineSnapshot(`
      "👤 ana
      Role: analyst
      Telegram id: 1001"
    `);
  });
});

describe('the status', () => {
  const ok = { state: 'ok', what: 'Temporal', detail: 'answers, 2 workers' } as const;
  const degraded = { state: 'degraded', what: 'VirusTotal', detail: '4/4 this minute, 500/500 today' } as const;
  const down = { state: 'down', what: 'Telegram', detail: 'last poll 120 s ago' } as const;
  const statusOf = (...lines: StatusCard['lines']): StatusCard => ({ kind: 'status', lines, at: AT });

  it('begins with the worst', () => {
    expect(draw(statusOf(ok, degraded, down))).toMatchInlineSnapshot(`
      "🔴 SocBot has trouble
      🔴 Telegram · last poll 120 s ago
      🟠 VirusTotal · 4/4 this minute, 500/500 today
      🟢 Temporal · answers, 2 workers
      as of 2026-11-24 02:14 UTC"
    `);
  });

  it('says in its first line how it is', () => {
    expect(draw(statusOf(ok, degraded)).split('\n')[0]).toBe('🟠 SocBot is up, not all of it');
    expect(draw(statusOf(ok)).split('\n')[0]).toBe('🟢 SocBot is fine');
  });
});

describe('a list of requests', () => {
  const block = { ref: '7K3M', title: 'Block 203.0.113[.]66', phase: 'awaiting_approval', by: 'ana', startedAt: AT };
  const requests: RequestsCard['requests'] = [{ id: 'tg-700000001-7', ...block }];

  it('opens the card of each that waits for a decision, and of no other', () => {
    const many = [
      ...Array.from({ length: 7 }, (_, at) => ({ ...block, id: `tg-700000001-${at}` })),
      { ...block, id: 'tg-700000001-8', phase: 'acting' },
    ];
    const rows = renderCard({ kind: 'requests', title: 'pending', requests: many }).rows;

    expect(rows.map((row) => row.map(({ label }) => label))).toEqual([
      ['1', '2', '3', '4', '5'],
      ['6', '7'],
    ]);
    expect(rows[1]?.[1]).toMatchObject({ op: 'open', request: 'tg-700000001-6' });
    expect(renderCard({ kind: 'requests', title: 'status', requests }).rows).toEqual([]);
  });

  it('says what waits, or that nothing does', () => {
    expect(draw({ kind: 'requests', title: 'pending', requests })).toMatchInlineSnapshot(`
      "⏳ PENDING (1)
      1 #7K3M Block 203.0.113[.]66 · awaiting approval · ana · 2026-11-24 02:14 UTC
      [ 1 ]"
    `);
    expect(draw({ kind: 'requests', title: 'pending', requests: [] })).toMatchInlineSnapshot(`
      "⏳ PENDING (0)
      Nothing waits for a decision."
    `);
    expect(draw({ kind: 'requests', title: 'status', requests: [] })).toMatchInlineSnapshot(`
      "🧾 REQUEST
      There is no such request any more."
    `);
  });
});

describe('a note', () => {
  const note: NoteCard = { kind: 'note', ask: ASK, tone: 'question', title: 'Which one?', lines: [] };

  it('says what was not understood and what may have been meant', () => {
    const didYouMean = { observable: { kind: 'domain', value: 'xn--vil-qdd.example' }, markings: MARKINGS } as const;
    const objection = 'letters of Latin and Cyrillic are mixed';

    expect(draw({ ...note, quoted: 'еvil.example', objection, didYouMean })).toMatchInlineSnapshot(`
      "❓ Which one?  еvil[.]example
      letters of Latin and Cyrillic are mixed
      Did you mean xn--vil-qdd[.]example?
      [ 🔎 Look up that one ]"
    `);
  });

  it('says what to write', () => {
    const lines = ['Write the address after the command.'];

    expect(draw({ ...note, title: 'Block what?', lines, example: '/block 203.0.113.66 24h' })).toMatchInlineSnapshot(`
      "❓ Block what?
      Write the address after the command.
      Example: /block 203.0.113.66 24h"
    `);
  });

  it('tells its tone by a sign as well', () => {
    const tones = (['ok', 'warning', 'question', 'error'] as const).map((tone) => draw({ ...note, tone }));

    expect(tones).toEqual(['✅ Which one?', '⚠ Which one?', '❓ Which one?', '🔴 Which one?']);
  });
});
