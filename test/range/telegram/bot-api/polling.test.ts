import { describe, expect, it } from 'vitest';
import { ANA, BEN, GROUP, refusalOf, type Running, startRunning } from '../running.ts';

async function say({ user }: Running, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await user.send({ from: ANA, chat: ANA, text });
}

async function untilPolling({ user }: Running, polls: number): Promise<void> {
  while ((await user.calls({ method: 'getUpdates' })).length < polls);
}

describe('getUpdates', () => {
  it('delivers again until a later offset confirms', async () => {
    const running = await startRunning({ firstUpdateId: 500 });
    await say(running, 'one', 'two', 'three');

    const first = await running.api.getUpdates();
    const again = await running.api.getUpdates({ offset: 501 });
    const rest = await running.api.getUpdates();

    expect(first.map((update) => update.update_id)).toEqual([500, 501, 502]);
    expect(again.map((update) => update.message?.text)).toEqual(['two', 'three']);
    expect(rest.map((update) => update.update_id)).toEqual([501, 502]);
  });

  it('hands out 100 at most, and fewer when asked', async () => {
    const running = await startRunning();
    await say(running, ...Array.from({ length: 101 }, (_, index) => `n${index}`));

    expect(await running.api.getUpdates({ limit: 1000 })).toHaveLength(100);
    expect(await running.api.getUpdates({ limit: 2 })).toHaveLength(2);
    expect(await running.api.getUpdates({ limit: 0 })).toHaveLength(1);
  });

  it('keeps only the newest after a negative offset', async () => {
    const running = await startRunning();
    await say(running, 'one', 'two', 'three');

    const updates = await running.api.getUpdates({ offset: -1 });

    expect(updates.map((update) => update.message?.text)).toEqual(['three']);
    expect(await running.api.getUpdates()).toHaveLength(1);
  });

  it('ignores an offset from the far future', async () => {
    const running = await startRunning({ firstUpdateId: 500 });
    await say(running, 'one');

    expect(await running.api.getUpdates({ offset: 9_000_000 })).toHaveLength(1);
  });

  it('waits for the first update and brings its neighbours along', async () => {
    const running = await startRunning();
    const waiting = running.api.getUpdates({ timeout: 30 });
    await untilPolling(running, 1);

    await say(running, 'late');

    expect((await waiting)[0]?.message?.text).toBe('late');
  });

  it('refuses the older of two that wait, in favour of the newer', async () => {
    const running = await startRunning();
    const older = refusalOf(running.api.getUpdates({ timeout: 30 }));
    await untilPolling(running, 1);
    const newer = running.api.getUpdates({ timeout: 30 });

    const refusal = await older;
    await say(running, 'for the newer');

    expect(refusal).toBe(
      '409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    );
    expect(await newer).toHaveLength(1);
  });

  it('loses nothing when a waiting caller hangs up', async () => {
    const running = await startRunning();
    const hangUp = new AbortController();
    const waiting = running.api.getUpdates({ timeout: 30 }, hangUp.signal as never).catch(() => 'hung up');
    hangUp.abort();
    await waiting;

    await say(running, 'still here');

    expect(await running.api.getUpdates()).toHaveLength(1);
  });

  it('keeps to the kinds that were asked for, from then on', async () => {
    const running = await startRunning();
    await running.api.getUpdates({ allowed_updates: ['message'] });
    const sent = await running.user.send({ from: ANA, chat: ANA, text: 'first' });
    await running.user.send({ from: ANA, chat: ANA, text: 'second', editOf: sent.id });

    const kinds = (await running.api.getUpdates()).map((update) => Object.keys(update).at(-1));

    expect(kinds).toEqual(['message']);
    expect((await running.api.getWebhookInfo()).allowed_updates).toEqual(['message']);
  });

  it('numbers on from where it is told', async () => {
    const running = await startRunning({ firstUpdateId: 10 });
    await say(running, 'one');
    await running.user.jumpUpdates(90_000);
    await say(running, 'two');

    expect((await running.api.getUpdates()).map((update) => update.update_id)).toEqual([10, 90_000]);
  });

  it('answers with 4 MiB at most', async () => {
    const running = await startRunning();
    const mentions = '@abcd '.repeat(680);
    const first = await running.user.send({ from: ANA, chat: ANA, text: mentions });
    const reply = { from: ANA, chat: ANA, text: mentions, replyTo: first.id };
    await Promise.all(Array.from({ length: 99 }, () => running.user.send(reply)));

    const updates = await running.api.getUpdates();

    expect(updates.length).toBeLessThan(100);
    expect(JSON.stringify(updates).length).toBeGreaterThan(3.9 * 2 ** 20);
    expect(JSON.stringify(updates).length).toBeLessThanOrEqual(4 * 2 ** 20);
  });

  it('cuts polls that repeat an offset at once to one update, when that is switched on', async () => {
    const running = await startRunning({ slowsRepeatedPolls: true });
    await say(running, 'one', 'two');

    const first = await running.api.getUpdates();
    const second = await running.api.getUpdates();

    expect([first.length, second.length]).toEqual([2, 1]);
  });

  it('drops what waits when the webhook is deleted with that wish', async () => {
    const running = await startRunning();
    await say(running, 'one');

    await running.api.deleteWebhook({ drop_pending_updates: true });

    expect((await running.api.getWebhookInfo()).pending_update_count).toBe(0);
  });
});

describe('privacy mode', () => {
  it('shows the bot commands, mentions and replies in a group, and nothing else', async () => {
    const { user, api } = await startRunning();
    const card = await api.sendMessage(GROUP, 'card');
    const write = (text: string, replyTo?: number): Promise<unknown> =>
      user.send({ from: BEN, chat: GROUP, text, replyTo });
    await write('192.0.2.1 looks odd');
    await write('/vt 192.0.2.1');
    await write('/vt@other_bot 192.0.2.1');
    await write('hey @socbot_range_bot');
    await write('and this?', card.message_id);

    const texts = (await api.getUpdates()).map((update) => update.message?.text);

    expect(texts).toEqual(['/vt 192.0.2.1', 'hey @socbot_range_bot', 'and this?']);
  });

  it('shows everything to an administrator', async () => {
    const { user, api } = await startRunning();
    await user.addBot(GROUP, 'administrator');
    await user.send({ from: BEN, chat: GROUP, text: 'anything' });

    expect((await api.getUpdates()).at(-1)?.message?.text).toBe('anything');
  });
});
