import { describe, expect, it } from 'vitest';
import { takeMarkings } from '#bot/markings-in-text.ts';
import { ANA, startBotFixture } from '#support/bot.ts';

const BASE = { tlp: 'AMBER', pap: 'GREEN' } as const;

describe('takeMarkings', () => {
  it.each([
    'tlp:red 203.0.113.66',
    'TLP: RED 203.0.113.66',
    'TLP RED\n203.0.113.66',
    'tlp=red 203.0.113.66',
    'tlp：red 203.0.113.66',
    '[TLP:RED] 203.0.113.66',
    'TLP:RED, 203.0.113.66',
    '**TLP:RED** 203.0.113.66',
    'pap:green/tlp:red 203.0.113.66',
    'tlp:red 203.0.113.66 TLP:CLEAR',
    'tlp:clear 203.0.113.66 tlp:red',
  ])('reads RED in %j', (text) => {
    expect(takeMarkings(text, BASE)).toMatchObject({ markings: { tlp: 'RED' }, unread: null });
  });

  it.each(['tlp:amber+strict', 'TLP:AMBER + STRICT', 'tlp:amber-strict', 'TLP AMBER STRICT'])(
    'reads %j as AMBER+STRICT',
    (text) => {
      expect(takeMarkings(`${text} 203.0.113.66`, BASE)).toEqual({
        markings: { tlp: 'AMBER+STRICT', pap: 'GREEN' },
        rest: '203.0.113.66',
        unread: null,
      });
    },
  );

  it.each([
    'tlp\u200B:red',
    't\u00ADlp:red',
    'ＴＬＰ：ＲＥＤ',
    'TLP：\u200BRED',
    'tl\u0440:red',
    'TLP-RED',
    '(tlp_red)',
    'TLP:<RED>',
    'marked:TLP:RED',
    '**TLP**:RED',
  ])('does not overlook %j', (text) => {
    expect(takeMarkings(`${text} 203.0.113.66`, BASE)).not.toMatchObject({ markings: { tlp: 'AMBER' }, unread: null });
  });

  it.each(['tlp:rde', 'TLP:', 'pap:blue', 'tlp:redd', 'tlp:amber+strictt'])('does not guess what %j means', (text) => {
    expect(takeMarkings(`${text} 203.0.113.66`, BASE).unread).not.toBeNull();
  });

  it.each([
    'https://evil.example/?tlp=x&pap=y',
    'https://evil.example/tlp:red',
    'tlp.example',
    'tlp-red.example',
    'evil.tlp-red',
    'hxxps[:]//evil[.]example/tlp-red',
    'evil[.]example/?a=tlp-red',
    'the pap smear and the tlp rules',
  ])('leaves %j as it is', (text) => {
    expect(takeMarkings(text, BASE)).toEqual({ markings: BASE, rest: text, unread: null });
  });

  it('takes time in proportion to the length of a text', () => {
    const text = `${'tlp '.repeat(20_000)}${'tlp:amber + '.repeat(20_000)}${'TLP<<<<<'.repeat(20_000)}${'\u200B:// '.repeat(20_000)}`;

    expect(takeMarkings(text, BASE).markings.tlp).toBe('AMBER');
  });
});

describe('a marking that cannot be read', () => {
  it.each([
    '/ioc tlp:rde 203.0.113.66',
    '/vt pap:rde 203.0.113.66',
    'tlp:rde 203.0.113.66',
    '/block pap:x 203.0.113.66',
  ])('stops %j before anybody is asked', async (text) => {
    const { user, deliver, engine } = await startBotFixture();
    await user.send({ from: ANA, chat: ANA, text });

    await deliver();

    expect(engine.starts).toMatchObject([{ kind: 'answer', input: { card: { title: 'Which marking?' } } }]);
  });
});
