import { describe, expect, it } from 'vitest';
import { noteAfter, startsAfter } from '#support/bot-asks.ts';
import { ANA, BEN, CLEO, startBotFixture } from '#support/bot.ts';

const HOUR = 3_600_000;
const BAD = { kind: 'ipv4', value: '203.0.113.66' };

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
        input: {
          plan: { action: 'block', steps: [{ system: 'block-feed', target: BAD }], durationMs },
          reason,
          isStale: false,
        },
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
    ['/block 203.0.113.66 203.0.113.67 2h C2', ['203.0.113.66', '203.0.113.67'], 2 * HOUR, 'C2'],
    ['/block 203.0.113.66,203.0.113.67,203.0.113.66', ['203.0.113.66', '203.0.113.67'], 24 * HOUR, null],
    ['/block 203.0.113.66, evil.example 1h', ['203.0.113.66', 'evil.example'], HOUR, null],
    ['/block evil[.]example C2', ['evil.example'], 24 * HOUR, 'C2'],
    ['/block hxxps://login.evil[.]example/a?b=c,d 1h', ['https://login.evil.example/a?b=c,d'], HOUR, null],
    ['/block 203.0.113.128/26 1h', ['203.0.113.128/26'], HOUR, null],
    [`/block ${'ab'.repeat(32)} dropper`, ['ab'.repeat(32)], 24 * HOUR, 'dropper'],
    ['/block 2001:db8::1', ['2001:db8::1'], 24 * HOUR, null],
    [
      '/block 203.0.113.66 because it talks to evil.example',
      ['203.0.113.66'],
      24 * HOUR,
      'because it talks to evil.example',
    ],
  ])('takes every kind of target, several as one decision: %j', async (text, values, durationMs, reason) => {
    const starts = await startsAfter(text);

    const steps = values.map((value) => ({ system: 'block-feed', target: { value } }));
    expect(starts).toMatchObject([{ kind: 'containment', input: { plan: { steps, durationMs }, reason } }]);
    expect(starts[0]?.kind === 'containment' && starts[0].input.plan.steps).toHaveLength(values.length);
  });

  it('asks every system that takes the target, and no other', async () => {
    const profile = { title: '', isBlind: false, isDryRun: false, isPlainList: false };
    const responders = [
      { ...profile, id: 'allow-list', kinds: ['ipv4', 'domain'] },
      { ...profile, id: 'crowdsec', kinds: ['ipv4'] },
      { ...profile, id: 'dns-rpz', kinds: ['domain'] },
      { ...profile, id: 'pihole', kinds: ['domain'] },
    ] as const;
    const [start] = await startsAfter('/block 203.0.113.66 evil.example', { responders });

    expect(start).toMatchObject({
      memo: { title: 'Block 2 targets' },
      input: {
        plan: {
          steps: [
            { system: 'crowdsec', target: BAD },
            { system: 'dns-rpz', target: { value: 'evil.example' } },
            { system: 'pihole', target: { value: 'evil.example' } },
          ],
        },
      },
    });
  });

  it('says what is at stake, and takes the rule of that', async () => {
    const [usual] = await startsAfter('/block 203.0.113.66');
    const [long] = await startsAfter('/block 203.0.113.66 7d');
    const [wide] = await startsAfter('/block 203.0.113.128/26 1h');

    expect(usual).toMatchObject({ input: { stakes: { tier: 'usual', rule: { approvals: 1, code: false } } } });
    expect(long).toMatchObject({
      input: { stakes: { tier: 'high', why: ['Longer than 24h.'], rule: { code: true } } },
    });
    expect(wide).toMatchObject({
      input: { stakes: { tier: 'high', why: ['A whole network.'], rule: { code: true } } },
    });
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
      {
        input: {
          plan: { action: 'unblock', steps: [{ system: 'block-feed', target: BAD }], durationMs: null },
          reason: 'false alarm',
        },
      },
    ]);
  });

  it('takes several, and every kind that can be blocked', async () => {
    expect(await startsAfter('/unblock 203.0.113.66 evil.example')).toMatchObject([
      { input: { plan: { steps: [{ target: BAD }, { target: { value: 'evil.example' } }] } } },
    ]);
  });

  it('is allowed where blocking is not: letting go is always possible', async () => {
    expect(await startsAfter('/unblock pap:red 198.51.100.7')).toMatchObject([{ kind: 'containment' }]);
  });
});

describe('/allow', () => {
  it('asks to take a target off all lists and to keep it off', async () => {
    expect(await startsAfter('/allow shop.example 7d false positive')).toMatchObject([
      {
        memo: { title: 'Allow shop[.]example' },
        input: {
          plan: {
            action: 'allow',
            steps: [{ system: 'allow-list' }, { system: 'block-feed', target: { value: 'shop.example' } }],
            durationMs: 7 * 24 * HOUR,
          },
          reason: 'false positive',
        },
      },
    ]);
  });
});

describe('/isolate and /release', () => {
  it.each([
    ['/isolate ws-114 beaconing', ['ws-114'], 24 * HOUR, 'beaconing'],
    ['/isolate WS-114 2h', ['ws-114'], 2 * HOUR, null],
    ['/isolate ws-114,ws-115 2h worm', ['ws-114', 'ws-115'], 2 * HOUR, 'worm'],
  ])('asks to cut machines off, by their names: %s', async (text, names, durationMs, reason) => {
    const steps = names.map((value) => ({ system: 'defender', target: { kind: 'host', value } }));

    expect(await startsAfter(text)).toMatchObject([
      { input: { plan: { action: 'isolate', steps, durationMs }, reason } },
    ]);
  });

  it('shows whose machines they are', async () => {
    const [known] = await startsAfter('/isolate dc1 worm');
    const [unknown] = await startsAfter('/isolate nas-7 worm');

    expect(known).toMatchObject({
      input: { impact: { hosts: [{ name: 'dc1', owner: 'Directory team', tier: 'critical' }] } },
    });
    expect(unknown).toMatchObject({
      input: { impact: { hosts: [{ name: 'nas-7', owner: null, tier: 'not written down' }] } },
    });
  });

  it('asks to connect them again without an end', async () => {
    expect(await startsAfter('/release ws-114 clean')).toMatchObject([
      { input: { plan: { action: 'release', steps: [{ system: 'defender' }], durationMs: null }, reason: 'clean' } },
    ]);
  });

  it.each([
    ['/isolate', 'Isolate what?', undefined],
    ['/release', 'Release what?', undefined],
    ['/isolate 203.0.113.66', 'Which machine?', '203.0.113.66'],
    ['/isolate ws-114,%%%', 'Which machine?', '%%%'],
    ['/isolate ws-114 ws-115', 'Is this a target too?', 'ws-115'],
    ['/isolate ws-114 forever', 'For how long?', 'forever'],
  ])('asks when it is not told what is meant: %s', async (text, title, quoted) => {
    expect(await noteAfter(text)).toMatchObject({ title, ...(quoted === undefined ? {} : { quoted }) });
  });
});

describe('/blocked', () => {
  it('reads what is enforced, all of it or what matches', async () => {
    expect(await startsAfter('/blocked')).toMatchObject([{ input: { read: { what: 'held', query: null } } }]);
    expect(await startsAfter('/blocked 203.0')).toMatchObject([{ input: { read: { what: 'held', query: '203.0' } } }]);
  });
});
