import { describe, expect, it } from 'vitest';
import { ANA, startBotFixture } from '#support/bot.ts';
import { SOURCES } from '#support/cards-look-up.ts';
import { containment, lookUp } from '#support/cards.ts';

/** Sends a text, and a command as the answer to it; gives what was started. */
async function startsAfterReply(text: string, command: string) {
  const fixture = await startBotFixture();
  const said = await fixture.user.send({ from: ANA, chat: ANA, text });
  await fixture.deliver();
  fixture.engine.starts.length = 0;
  await fixture.user.send({ from: ANA, chat: ANA, text: command, replyTo: said.id });
  await fixture.deliver();
  return fixture.engine.starts;
}

describe('the target of a block', () => {
  it('is the one address of the sentence that is answered', async () => {
    const starts = await startsAfterReply('the firewall saw 203.0.113.66 again', '/block');

    expect(starts).toMatchObject([
      { kind: 'containment', input: { plan: { steps: [{ target: { kind: 'ipv4', value: '203.0.113.66' } }] } } },
    ]);
  });

  it('is the address of the sentence that is answered with a time and a reason', async () => {
    const starts = await startsAfterReply('TLP:GREEN the firewall saw 203.0.113.66 again', '/block 2h beacon');

    const plan = { steps: [{ target: { value: '203.0.113.66' } }], durationMs: 7_200_000, markings: { tlp: 'GREEN' } };
    expect(starts).toMatchObject([{ kind: 'containment', input: { plan, reason: 'beacon' } }]);
  });

  it('is never the answered address in place of one that was typed and cannot be read', async () => {
    const starts = await startsAfterReply('the firewall saw 203.0.113.66 again', '/block 203.0.113.999 2h');

    expect(starts).toMatchObject([{ kind: 'answer', input: { card: { title: 'Not understood' } } }]);
  });

  it.each(['/block', '/block 2h', '/block tlp:green 2h beacon', '/unblock'])(
    'is never one of the several that the answered text names: %s',
    async (command) => {
      const starts = await startsAfterReply('203.0.113.66 is own. real: 203.0.113[.]67', command);

      expect(starts).toMatchObject([
        { kind: 'answer', input: { card: { title: 'Is this a target too?', quoted: '203.0.113.67' } } },
      ]);
    },
  );

  it.each([
    ['seen a.evil.example and b.evil.example', 'b.evil.example'],
    [`${'a'.repeat(64)} dropped ${'b'.repeat(64)}`, 'b'.repeat(64)],
  ])('is none of two names or hashes either: %s', async (text, quoted) => {
    const starts = await startsAfterReply(text, '/block 2h');

    expect(starts).toMatchObject([{ kind: 'answer', input: { card: { title: 'Is this a target too?', quoted } } }]);
  });

  it('is one address, however often the answered text names it', async () => {
    const starts = await startsAfterReply('203.0.113.66, again 203[.]0.113[.]66', '/block 2h');

    expect(starts).toMatchObject([
      { kind: 'containment', input: { plan: { steps: [{ target: { value: '203.0.113.66' } }] } } },
    ]);
  });

  it.each([
    ['a look-up', lookUp(SOURCES)],
    ['a look-up unfolded', lookUp(SOURCES, { view: 'full' })],
    ['a request', containment('requester')],
  ])('is the address of the card that is answered: %s', async (_, card) => {
    const { show, user, deliver, engine } = await startBotFixture();
    const shown = await show({ to: ANA, card });
    await user.send({ from: ANA, chat: ANA, text: '/block 2h', replyTo: shown });

    await deliver();

    expect(engine.starts).toMatchObject([
      { kind: 'containment', input: { plan: { steps: [{ target: { value: '203.0.113.66' } }] } } },
    ]);
  });

  it.each([
    '/block 203.0.113.66 1h 203[.]0.113[.]67',
    '/unblock 203.0.113.66 false alarm 203.0.113.67',
    '/allow 203.0.113.66 1h 203.0.113.0/25',
  ])('is never one of two, the other hidden in the reason: %s', async (text) => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: ANA, chat: ANA, text });

    await fixture.deliver();

    expect(fixture.engine.starts).toMatchObject([
      { kind: 'answer', input: { card: { title: 'Is this a target too?' } } },
    ]);
  });
});
