import { describe, expect, it } from 'vitest';
import type { Card } from '#domain/card.ts';
import { refOf } from '#domain/ids.ts';
import { beginInvestigation, type LookUpState } from '#domain/investigation.ts';
import type { Start } from '#support/bot-desk.ts';
import { ANA, BEN, GROUP, startBotFixture } from '#support/bot.ts';
import type { LookUpInput } from '#workflows/messages.ts';

const BAD = { kind: 'ipv4', value: '203.0.113.66' };
const EVIL = { kind: 'domain', value: 'login.evil.example' };
/** `evil.example` with a Cyrillic letter. */
const LOOK_ALIKE = 'еvil.example';

/** Sends one text in a private chat and gives what was started. */
async function startsAfter(text: string, changes: Parameters<typeof startBotFixture>[0] = {}) {
  const fixture = await startBotFixture(changes);
  await fixture.user.send({ from: ANA, chat: ANA, text });
  await fixture.deliver();
  return fixture.engine.starts;
}

describe('/ioc', () => {
  it.each([
    ['/ioc 203.0.113.66', BAD],
    ['/ioc 203[.]0.113[.]66', BAD],
    ['/ioc hxxps://login[.]evil[.]example/a', { kind: 'url', value: 'https://login.evil.example/a' }],
    ['/ioc   203.0.113.66  ', BAD],
    ['/ioc\n203.0.113.66', BAD],
  ])('reads %j', async (text, observable) => {
    const starts = await startsAfter(text);

    expect(starts).toMatchObject([{ kind: 'look_up', input: { plans: [{ observable }], asksFirst: false } }]);
  });

  it('takes markings wherever they stand, and asks nobody whom they forbid', async () => {
    const starts = await startsAfter('/ioc pap:red 203.0.113.66 TLP:GREEN');

    expect(starts).toMatchObject([
      {
        input: {
          markings: { tlp: 'GREEN', pap: 'RED' },
          plans: [{ ask: [], notAsked: [{ id: 'virustotal', why: 'PAP:RED forbids it' }, { id: 'abuseipdb' }] }],
        },
      },
    ]);
  });

  it('takes its argument from the message it answers', async () => {
    const { user, deliver, engine } = await startBotFixture();
    const { id } = await user.send({ from: BEN, chat: GROUP, text: 'seen: 203.0.113.66 and login.evil.example' });
    await user.send({ from: ANA, chat: GROUP, text: '/ioc@socbot_range_bot', replyTo: id });

    await deliver();

    expect(engine.starts).toMatchObject([
      { kind: 'look_up', input: { ask: { by: { name: 'ana' } }, plans: [{ observable: BAD }, { observable: EVIL }] } },
    ]);
  });

  it('prefers what was typed to what is answered', async () => {
    const { user, deliver, engine } = await startBotFixture();
    const { id } = await user.send({ from: ANA, chat: ANA, text: '/whoami' });
    await user.send({ from: ANA, chat: ANA, text: '/ioc 203.0.113.66', replyTo: id });

    await deliver();

    expect(engine.starts[1]).toMatchObject({ kind: 'look_up', input: { plans: [{ observable: BAD }] } });
  });

  it('asks for the argument when there is none', async () => {
    expect(await startsAfter('/ioc')).toMatchObject([
      { input: { card: { tone: 'question', title: 'Look up what?' } } },
    ]);
    expect(await startsAfter('/ioc tlp:green')).toMatchObject([{ input: { card: { title: 'Look up what?' } } }]);
  });

  it('leaves a line in the log with the id of the request and nothing of what it asks about', async () => {
    const { user, deliver, engine, log } = await startBotFixture();
    await user.send({ from: ANA, chat: ANA, text: '/ioc 203.0.113.66' });
    await deliver();

    const request = engine.starts[0]?.input.ask.requestId ?? '';
    const lines = log.filter((line) => line.includes('"msg":"asked"'));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { request, ref: refOf(request), by: 'ana', action: 'look up', outcome: 'asked' },
    ]);
    expect(lines.join('')).not.toContain('203.0.113');
  });

  it('says that VirusTotal takes no such thing, where only VirusTotal was meant, and asks nobody', async () => {
    const { user, deliver, engine } = await startBotFixture();
    await user.send({ from: ANA, chat: ANA, text: '/vt user@evil.example' });
    await deliver();

    expect(engine.starts).toMatchObject([{ input: { card: { title: 'VirusTotal knows nothing of the kind email' } } }]);
  });

  it('asks what was meant instead of guessing, and offers the guess under the markings that were typed', async () => {
    const starts = await startsAfter(`/ioc tlp:green pap:amber ${LOOK_ALIKE}`);

    expect(starts).toMatchObject([
      {
        input: {
          card: {
            kind: 'note',
            title: 'Which one?',
            didYouMean: { observable: { kind: 'domain' }, markings: { tlp: 'GREEN', pap: 'AMBER' } },
          },
        },
        memo: { offer: { markings: { tlp: 'GREEN', pap: 'AMBER' } } },
      },
    ]);
  });

  it('asks first above twenty observables', async () => {
    const addresses = (count: number) => Array.from({ length: count }, (_, at) => `203.0.113.${at + 1}`).join(' ');

    expect(await startsAfter(`/ioc ${addresses(20)}`)).toMatchObject([{ input: { asksFirst: false } }]);
    expect(await startsAfter(`/ioc ${addresses(21)}`)).toMatchObject([{ input: { asksFirst: true } }]);
  });

  it('offers what it found, with the reason, when part of a text could not be read', async () => {
    const starts = await startsAfter(`/ioc 203.0.113.66 ${LOOK_ALIKE}`);

    expect(starts).toMatchObject([{ kind: 'answer', input: { card: { kind: 'offer', found: [BAD] } } }]);
    expect(JSON.stringify(starts)).toContain('Cyrillic');
  });

  it('never leaves one out unsaid: above a hundred it offers the first hundred and says so', async () => {
    const many = Array.from({ length: 101 }, (_, at) => `2001:db8::${at + 1}`).join(' ');

    const starts = await startsAfter(`/ioc ${many}`);

    expect(starts).toMatchObject([
      {
        input: { card: { kind: 'offer', notes: [expect.stringMatching(/^Only the first 100 of \d+ are offered\.$/)] } },
      },
    ]);
  });

  it('says so when a text holds nothing', async () => {
    expect(await startsAfter('/ioc good morning everybody')).toMatchObject([
      { input: { card: { title: 'Nothing to look up' } } },
    ]);
  });

  it('reads hostile and half-sent texts without falling over', async () => {
    const { user, deliver, engine, audit } = await startBotFixture();
    const texts = ['/ioc \u202E', `/ioc ${'a.'.repeat(2000)}`, '/ioc @all /block_1', '/ioc <b>', '/ioc []'];
    for (const text of texts) await user.send({ from: ANA, chat: ANA, text });

    await deliver();

    expect(engine.starts).toHaveLength(texts.length);
    expect(await audit()).toEqual([]);
  });
});

describe('/vt', () => {
  it('asks VirusTotal and nobody else', async () => {
    const starts = await startsAfter('/vt 203.0.113.66');

    expect(starts).toMatchObject([{ input: { plans: [{ ask: [{ id: 'virustotal' }], notAsked: [] }] } }]);
  });

  it('names the setting when VirusTotal is off', async () => {
    const starts = await startsAfter('/vt 203.0.113.66', { sources: [] });

    expect(starts).toMatchObject([
      { input: { card: { title: 'VirusTotal is off', lines: ['Set VIRUSTOTAL_API_KEY.'] } } },
    ]);
  });
});

describe('text that is no command', () => {
  it('offers a bare observable, asks nobody yet', async () => {
    expect(await startsAfter('203.0.113.66')).toMatchObject([
      {
        kind: 'answer',
        input: { card: { kind: 'offer', found: [BAD], markings: { tlp: 'AMBER', pap: 'GREEN' } } },
        memo: { offer: { observables: [BAD] } },
      },
    ]);
  });

  it('offers everything that a pasted text holds, under the markings in it', async () => {
    const starts = await startsAfter('Seen at 02:14: 203[.]0.113[.]66 -> login.evil.example tlp:green (proxy log)');

    expect(starts).toMatchObject([
      { input: { card: { found: [BAD, EVIL], markings: { tlp: 'GREEN', pap: 'GREEN' } } } },
    ]);
  });

  it('scans forwarded text, and never carries out a command in it', async () => {
    const { user, deliver, engine } = await startBotFixture();
    const text = '/block 203.0.113.66 24h';
    await user.send({ from: ANA, chat: ANA, text, forwardOf: { name: 'Somebody' } });
    await user.send({ from: ANA, chat: ANA, text: 'Look: login.evil.example', forwardOf: { name: 'Somebody' } });

    await deliver();

    expect(engine.starts).toMatchObject([
      { kind: 'answer', input: { card: { kind: 'offer', found: [BAD] } } },
      { kind: 'answer', input: { card: { kind: 'offer', found: [EVIL] } } },
    ]);
  });

  it('says why a word that looks like an observable is none', async () => {
    expect(await startsAfter('999.1.1.1')).toMatchObject([
      { input: { card: { title: 'Not understood', quoted: '999.1.1.1' } } },
    ]);
  });

  it('looks into what is pasted up to the end of a message and not further', async () => {
    const starts = await startsAfter(`${'word '.repeat(800)}203.0.113.66`);

    expect(starts).toMatchObject([{ input: { card: { found: [BAD] } } }]);
  });
});

describe('above what Telegram may hold', () => {
  const texts = [
    '/ioc tlp:red 203.0.113.66',
    '/ioc tlp:amber+strict 203.0.113.66 login.evil.example',
    'tlp:red 203.0.113.66',
    `/ioc tlp:red 999.203.0.113.66`,
    `tlp:red http://[203.0.113.66`,
    '/block tlp:red 203.0.113.66',
    '/block tlp:red 10.203.0.113.66',
    '/unblock tlp:red 203.0.113.66',
  ];

  it.each(texts)('no card and no title repeats what was written: %s', async (text) => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: ANA, chat: ANA, text });

    await fixture.deliver();

    const [start] = fixture.engine.starts;
    expect(start?.memo.title).not.toMatch(/203|evil/);
    const card =
      start?.kind === 'look_up'
        ? { kind: 'look_up' as const, ask: start.input.ask, view: 'full' as const, state: stateOf(start.input) }
        : cardOf(start);
    const message = await fixture.show({ to: ANA, card });
    const shown = (await fixture.user.messages({ chat: ANA, as: ANA })).find(({ id }) => id === message);
    expect(JSON.stringify(shown)).not.toMatch(/203|evil/);
  });

  it('goes by the setting', async () => {
    const { settings } = (await startBotFixture()).deps;
    const changed = { settings: { ...settings, telegramMaxTlp: 'GREEN' } } as const;

    expect(await startsAfter('/ioc tlp:green 203.0.113.66', changed)).not.toMatchObject([
      { input: { withheldAbove: 'GREEN' } },
    ]);
    expect(await startsAfter('/ioc 203.0.113.66', changed)).toMatchObject([{ input: { withheldAbove: 'GREEN' } }]);
  });
});

function stateOf({ plans, markings, withheldAbove }: LookUpInput): LookUpState {
  const withheld = withheldAbove ? { withheldAbove } : {};
  return { phase: 'running', investigations: plans.map(beginInvestigation), markings, ...withheld };
}

function cardOf(start: Start | undefined): Card {
  if (start?.kind === 'answer' && 'card' in start.input) return start.input.card;
  throw new Error('no card was shown');
}
