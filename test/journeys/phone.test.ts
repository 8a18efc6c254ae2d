import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observable } from '#domain/observable.ts';
import { MARKS } from '#store/mark-names.ts';
import { approveOn, createPhone, hasButton, lookTwice, type Phone, says, YES } from '#support/journey-phone.ts';
import { waitUntilSilent } from '#support/stack-rest.ts';
import { GROUP } from '#support/stack-world.ts';
import { type Stack, startStack } from '#support/stack.ts';
import { worldFile } from '#support/world-file.ts';

const C2: Observable = { kind: 'ipv4', value: '203.0.113.66' };
const SCANNER: Observable = { kind: 'ipv4', value: '198.51.100.23' };

/** From the phone to the vendors, the block list and back, over every process and nothing skipped. */
describe('from the phone', { timeout: 60_000 }, () => {
  let stack: Stack;
  let ana: Phone;
  let ben: Phone;

  beforeAll(async () => {
    const ask = { id: 1001, name: 'Ana', role: 'analyst' } as const;
    const approve = { id: 1002, name: 'Ben', role: 'responder' } as const;
    stack = await startStack({ actors: [ask, approve] });
    ana = createPhone(stack.people, ask.id);
    ben = createPhone(stack.people, approve.id);
  }, 90_000);

  afterAll(() => stack.close());

  async function approveFor(target: Observable): Promise<void> {
    const card = await ben.waitFor(target, hasButton('Approve'));
    expect(await approveOn(ben, target, card)).toMatchObject({ answered: true, text: 'Approved.' });
  }

  it.each<Observable & { verdict: string }>([
    { ...C2, verdict: 'MALICIOUS' },
    { kind: 'domain', value: 'update-cdn.example', verdict: 'MALICIOUS' },
    { kind: 'url', value: 'http://garden-forum.example/wp-content/invoice.zip', verdict: 'MALICIOUS' },
    { kind: 'sha256', value: worldFile('eicar.com').sha256, verdict: 'MALICIOUS' },
  ])('answers a question about a $kind with one card that says $verdict', async ({ verdict, ...observable }) => {
    const asked = await ana.say(`/ioc ${observable.value}`);

    await ana.waitForAcceptance(asked);
    const card = await ana.waitFor(observable, ({ text }) => text.startsWith('🔴'));

    expect(card.text.split('\n')[0]).toContain(verdict);
    expect(card.replyTo).toBe(asked.id);
    expect(await ana.messagesAbout(observable)).toHaveLength(1);
  });

  it('unfolds the sources on the same card', async () => {
    const card = await ana.waitFor(C2);

    await ana.press(card, 'More');
    const unfolded = await ana.waitFor(C2, hasButton('Less'));

    expect(unfolded.id).toBe(card.id);
  });

  it('blocks from the verdict card once a second person approves, reads it back, and lets it go again', async () => {
    const verdict = await ana.waitFor(C2, hasButton('Block'));
    await ana.press(verdict, 'Block');
    const waiting = await ben.waitFor(C2, hasButton('Approve'));
    expect(waiting.text).toMatch(/Asked by Ana[^]*Why: malicious[^]*digest [0-9a-f]{4} [0-9a-f]{4}/);
    expect(await stack.readFeed()).toEqual([]);

    await approveFor(C2);
    const done = await ana.waitFor(C2, says('✓ verified'));
    expect(await stack.readFeed()).toEqual([C2.value]);
    expect(done.text).toMatch(/^✅ BLOCKED[^]*Approved by Ben/);
    const listed = await (async () => {
      await ana.say('/blocked');
      return ana.waitFor(C2, says('BLOCKED NOW (1)'));
    })();
    expect(listed.text).toContain('Ana');

    await ana.press(done, 'Unblock');
    await approveFor(C2);
    await ana.waitFor(C2, says('Lifted: Ana asked, Ben approved'));
    expect(await stack.readFeed()).toEqual([]);
  });

  it('answers in a group with at most three calls to Telegram', async () => {
    const before = (await stack.people.calls()).at(-1)?.seq ?? 0;
    const group = createPhone(stack.people, 1001, GROUP);
    const asked = await group.say(`/ioc ${SCANNER.value}`);

    await group.waitForAcceptance(asked);
    await group.waitFor(SCANNER, hasButton('More'));

    const calls = (await stack.people.calls({ after: before })).filter(({ chat }) => chat === GROUP);
    expect(calls.map(({ method }) => method).sort()).toEqual(['sendMessage', 'setMessageReaction']);
  });

  it('draws a waiting approval anew after an outage in which presses were lost', async () => {
    await ana.say(`/block ${SCANNER.value} 1h`);
    const old = await lookTwice(ben, SCANNER, await ben.waitFor(SCANNER, hasButton('Approve')));
    await waitUntilSilent(stack.client);
    await stack.bot.kill();
    const tenMinutesAgo = new Date(Date.now() - 600_000).toISOString();
    await stack.store.marks.set(MARKS.lastPoll, tenMinutesAgo, tenMinutesAgo);
    const oldApprove = old.keyboard.flat().find(({ text }) => text.includes(YES))?.data ?? '';

    await stack.bot.start();
    // Sooner than the next poll would come back by itself, after half a minute.
    const anew = await ben.waitFor(SCANNER, says('I was offline'), 25_000);
    const forged = { from: ben.person, chat: ben.chat, message: anew.id, button: { data: oldApprove } };
    const stale = await stack.people.press(forged, 10_000);

    expect(anew.id).toBe(old.id);
    expect(stale.text).toContain('out of date');
    expect(await stack.readFeed()).toEqual([]);
    await approveFor(SCANNER);
    await ana.waitFor(SCANNER, says('✓ verified'));
    expect(await stack.readFeed()).toEqual([SCANNER.value]);
  });
});
