import { GrammyError, HttpError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { ANA, BEN, refusalOf, startRunning } from '../running.ts';

describe('faults', () => {
  it.each([
    [{ status: 400 }, '400 Bad Request: simulated fault'],
    [{ status: 403 }, '403 Forbidden: bot was blocked by the user'],
    [{ status: 500 }, '500 Internal Server Error'],
    [{ status: 418, description: 'Short and stout' }, '418 Short and stout'],
  ])('refuse with %j', async (fault, refusal) => {
    const { api, user } = await startRunning();
    await user.setFault({ method: 'sendMessage', kind: 'status', ...fault });

    expect(await refusalOf(api.sendMessage(ANA, 'x'))).toBe(refusal);
    expect(await user.messages({ chat: ANA, as: ANA })).toEqual([]);
  });

  it('tell how long to wait, in the body and in the header', async () => {
    const { api, simulator, user } = await startRunning();
    await user.setFault({ method: '*', kind: 'status', status: 429, retryAfter: 13_938 });

    const error: unknown = await api.getMe().catch((caught: unknown) => caught);
    const response = await fetch(`${simulator.url}/bot${simulator.token}/getMe`);

    expect(error instanceof GrammyError && error.description).toBe('Too Many Requests: retry after 13938');
    expect(error instanceof GrammyError && error.parameters).toEqual({ retry_after: 13_938 });
    expect(response.headers.get('retry-after')).toBe('13938');
  });

  it('cut the connection before anything happens', async () => {
    const { api, user } = await startRunning();
    await user.setFault({ method: 'sendMessage', kind: 'drop_before', times: 1 });

    await expect(api.sendMessage(ANA, 'x')).rejects.toThrow(HttpError);

    expect(await user.messages({ chat: ANA, as: ANA })).toEqual([]);
  });

  it('cut the connection after it happened', async () => {
    const { api, user } = await startRunning();
    await user.setFault({ method: 'sendMessage', kind: 'drop_after', times: 1 });

    await expect(api.sendMessage(ANA, 'x')).rejects.toThrow(HttpError);

    expect((await user.messages({ chat: ANA, as: ANA })).map((message) => message.text)).toEqual(['x']);
    expect(await user.calls({ method: 'sendMessage' })).toMatchObject([{ ok: true, isAnswered: false }]);
  });

  it('let a call happen late', async () => {
    const { api, user } = await startRunning();
    await user.setFault({ method: 'sendMessage', kind: 'delay', delayMs: 50, times: 1 });

    const order: string[] = [];
    await Promise.all([
      api.sendMessage(ANA, 'slow').then(() => order.push('slow')),
      user
        .overview()
        .then(() => api.sendMessage(ANA, 'fast'))
        .then(() => order.push('fast')),
    ]);

    expect(order).toEqual(['fast', 'slow']);
  });

  it('happen as often as they are told and then no more', async () => {
    const { api, user } = await startRunning();
    await user.setFault({ method: 'sendmessage', kind: 'status', status: 500, times: 2 });

    await refusalOf(api.sendMessage(ANA, 'x'));
    await refusalOf(api.sendMessage(ANA, 'x'));

    expect((await api.sendMessage(ANA, 'third')).text).toBe('third');
  });

  it('can be kept to one chat, and cleared', async () => {
    const { api, user } = await startRunning();
    await user.setFault({ method: 'sendMessage', kind: 'status', status: 403, chat: BEN });

    expect((await api.sendMessage(ANA, 'x')).text).toBe('x');
    expect(await refusalOf(api.sendMessage(BEN, 'x'))).toContain('403');
    await user.clearFaults('sendMessage');
    expect((await api.sendMessage(BEN, 'x')).text).toBe('x');
  });
});

describe('the ledger of calls', () => {
  it('counts every call with what it said and how it ended', async () => {
    const { api, user } = await startRunning();
    const { message_id: id } = await api.sendMessage(ANA, 'x');
    await refusalOf(api.editMessageText(ANA, id, 'x'));
    const [first] = await user.calls({ method: 'SENDMESSAGE' });

    const later = await user.calls({ after: first?.seq ?? 0 });

    expect(first).toMatchObject({
      seq: 1,
      method: 'sendMessage',
      chat: ANA,
      parameters: { text: 'x' },
      ok: true,
      error: null,
    });
    expect(later).toMatchObject([
      { seq: 2, method: 'editMessageText', ok: false, error: expect.stringContaining('not modified') },
    ]);
  });
});

describe('access to the Bot API', () => {
  it.each([
    ['/bot700000001:WRONG/getMe', 401, 'Unauthorized'],
    ['/file/bot700000001:WRONG/documents/x', 401, 'Unauthorized'],
    ['/', 404, 'Not Found'],
    ['/bot', 404, 'Not Found'],
    ['/%E0%A4%A', 404, 'Not Found'],
  ])('answers %s with %d', async (path, status, words) => {
    const { simulator } = await startRunning();

    const response = await fetch(`${simulator.url}${path}`);

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      ok: false,
      error_code: status,
      description: expect.stringContaining(words),
    });
  });

  it('does not know other methods, and reads forms and query strings', async () => {
    const { simulator } = await startRunning();
    const call = async (path: string, body: string | URLSearchParams | null): Promise<unknown> => {
      const headers = typeof body === 'string' ? { 'content-type': 'application/json' } : undefined;
      const init = { method: 'POST', body, ...(headers ? { headers } : {}) };
      return (await fetch(`${simulator.url}/bot${simulator.token}/${path}`, init)).json();
    };

    expect(await call('sendPoll', '{}')).toMatchObject({ error_code: 404, description: 'Not Found: method not found' });
    expect(await call('sendMessage', 'not json')).toMatchObject({ error_code: 400 });
    expect(await call('sendMessage', '[]')).toMatchObject({ error_code: 400 });
    expect(await call(`sendmessage?chat_id=${ANA}&text=a`, null)).toMatchObject({ ok: true, result: { text: 'a' } });
    expect(await call('sendMessage', new URLSearchParams({ chat_id: String(ANA), text: 'b' }))).toMatchObject({
      ok: true,
    });
  });

  it('refuses bodies above 50 MB', async () => {
    const { simulator } = await startRunning();
    const body = new FormData();
    body.set('chat_id', String(ANA));
    body.set('document', new Blob([Buffer.alloc(51 * 2 ** 20)]), 'x.bin');

    const response = await fetch(`${simulator.url}/bot${simulator.token}/sendDocument`, { method: 'POST', body });

    expect(await response.json()).toMatchObject({ error_code: 413, description: 'Request Entity Too Large' });
  });
});
