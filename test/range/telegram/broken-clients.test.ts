import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ANA, type Running, startRunning } from './running.ts';

/** Sends raw bytes and hangs up at once, or when the server does. */
async function sendRaw({ simulator }: Running, bytes: string, hangsUp: boolean): Promise<void> {
  const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1');
  socket.on('error', () => socket.destroy());
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  socket.resume();
  socket.write(bytes, () => {
    if (hangsUp) socket.destroy();
  });
  await closed;
}

describe('clients that break off', () => {
  it('leave nothing behind and stop nobody else', async () => {
    const running = await startRunning();
    const { token } = running.simulator;
    const post = (path: string, type: string): string =>
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: ${type}\r\ncontent-length: 1000\r\n\r\n`;

    await sendRaw(running, `${post(`/bot${token}/sendMessage`, 'application/json')}{"chat_id":${ANA},`, true);
    await sendRaw(running, `${post(`/bot${token}/sendDocument`, 'multipart/form-data; boundary=B')}--B\r\n`, true);
    await sendRaw(running, `${post('/user/messages', 'application/json')}{"from":`, true);
    await sendRaw(running, `${post('/user/files?from=1001&chat=1001&name=x', 'text/plain')}half a file`, true);
    await sendRaw(running, 'GET /user/events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n', true);
    await sendRaw(running, '\u0000\u0001 not HTTP at all\r\n\r\n', false);

    expect((await running.api.sendMessage(ANA, 'still here')).text).toBe('still here');
    expect((await running.user.messages({ chat: ANA, as: ANA })).map(({ text }) => text)).toEqual(['still here']);
  });
});
