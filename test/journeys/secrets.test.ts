import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultName } from '#connectors/simulator-faults.ts';
import { createPhone, isFinal, openSecondLook, says } from '#support/journey-phone.ts';
import { readHistories } from '#support/stack-histories.ts';
import { CANARIES, GROUP } from '#support/stack-world.ts';
import { type Stack, startStack } from '#support/stack.ts';

/** What goes wrong at the vendors: every fault whose message might tell a URL, a header or a body. */
const VENDOR_FAULTS: Readonly<Record<string, FaultName>> = {
  virustotal: 'unauthorized',
  abuseipdb: 'html',
  urlhaus: 'drop-after',
  threatfox: 'redirect',
  'shodan-internetdb': 'truncated',
  rdap: 'rate-limited',
};

/** A journey in which everything that can fail does, and then a search for every secret in all that it left behind. */
describe('no secret', { timeout: 60_000 }, () => {
  let stack: Stack;
  let secrets: readonly string[];

  beforeAll(async () => {
    const actors = [
      { id: 1001, name: 'Ana', role: 'analyst' },
      { id: 1002, name: 'Ben', role: 'responder' },
      { id: 1666, name: 'Eve' },
    ] as const;
    stack = await startStack({ actors });
    secrets = secretsOf(stack);
    await askThroughFaults(stack);
    await blockThroughFaults(stack);
    await knock(stack);
  }, 120_000);

  afterAll(() => stack.close());

  it('is in any file that the processes wrote: logs, the store, the engine', () => {
    const files = readdirSync(stack.dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const texts = files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'latin1')] as const);

    expect(texts.filter(([, text]) => hasSecret(text)).map(([name]) => name)).toEqual([]);
    // In the database or beside it: when SQLite moves it there is its own affair.
    const holders = texts.filter(([, text]) => text.includes('drop-after.example')).map(([name]) => name);
    expect(holders.some((name) => name.startsWith('temporal.db'))).toBe(true);
    expect(texts.find(([name]) => name === 'bot.log')?.[1]).toContain('Telegram');
  });

  it('is in what the processes printed', () => {
    expect(hasSecret(stack.printed())).toBe(false);
  });

  it('is in any history, failures included', async () => {
    const histories = await readHistories(stack.client);

    expect(histories.length).toBeGreaterThan(4);
    expect(histories.join('\n')).toContain('virustotal.unauthorized');
    expect(histories.filter(hasSecret).map((history) => history.slice(0, 80))).toEqual([]);
  });

  it('is in any card, toast or other call to Telegram', async () => {
    const calls = (await stack.people.calls()).map((call) => JSON.stringify(call));
    const chats = await Promise.all([1001, 1002, 1666, GROUP].map(async (chat) => stack.people.screen(chat)));

    expect(calls.join('\n')).toContain('drop-after[.]example');
    expect([...calls, ...chats].filter(hasSecret)).toEqual([]);
  });

  function hasSecret(text: string): boolean {
    return secrets.some((secret) => text.includes(secret));
  }
});

/** Every configured secret, and the spellings in which one could get out. */
function secretsOf(stack: Stack): string[] {
  const keys = [...stack.vendors.values()].flatMap(({ key }) => (key === undefined ? [] : [key]));
  const [, tokenSecret = ''] = CANARIES.token.split(':');
  const plain = [tokenSecret, CANARIES.key, CANARIES.feed, ...keys];
  const bytes = Buffer.from(CANARIES.key, 'base64');
  const encoded = plain.flatMap((secret) => {
    const text = Buffer.from(secret);
    return [text.toString('base64').replace(/=+$/, ''), text.toString('hex'), encodeURIComponent(secret)];
  });
  return [...plain, ...encoded, bytes.toString('latin1'), bytes.toString('hex')];
}

/** Look-ups while vendors and Telegram fail, each in its own way. */
async function askThroughFaults({ people, vendors }: Stack): Promise<void> {
  const ana = createPhone(people, 1001);
  for (const [name, fault] of Object.entries(VENDOR_FAULTS)) vendors.get(name)?.setFaults([{ fault, times: 1 }]);
  await people.setFault({ method: 'sendMessage', kind: 'drop_before', chat: 1001, times: 1 });
  await people.setFault({ method: 'getUpdates', kind: 'status', status: 502, times: 1 });
  await people.setFault({ method: 'setMessageReaction', kind: 'drop_after', times: 1 });
  const address = { kind: 'ipv4', value: '203.0.113.66' } as const;
  await ana.say(`/ioc ${address.value}`);
  await ana.waitFor(address, isFinal);

  await people.setFault({ method: 'sendMessage', kind: 'drop_after', chat: 1001, times: 1 });
  const domain = { kind: 'domain', value: 'drop-after.example' } as const;
  await ana.say(`/ioc ${domain.value}`);
  await ana.waitFor(domain, says('possibly repeated'));
}

/** A block whose messages and toasts fail. */
async function blockThroughFaults({ people }: Stack): Promise<void> {
  const [ana, ben] = [createPhone(people, 1001), createPhone(people, 1002)];
  const target = { kind: 'ipv4', value: '198.51.100.23' } as const;
  await people.setFault({ method: 'sendMessage', kind: 'status', status: 500, chat: 1002, times: 1 });
  await people.setFault({ method: 'editMessageText', kind: 'drop_after', times: 1 });
  await people.setFault({ method: 'answerCallbackQuery', kind: 'drop_before', times: 1 });
  await ana.say(`/block ${target.value} 1h`);
  await ben.press(await openSecondLook(ben, target), 'Yes, ', 0);
  await ana.waitFor(target, says('Ben approved'));
}

/** People and programs that should get nothing. */
async function knock(stack: Stack): Promise<void> {
  const eve = createPhone(stack.people, 1666);
  await eve.say('/start');
  await fetch(stack.feedUrl, { headers: { authorization: `Bearer not-${CANARIES.feed}` } });
  const ana = createPhone(stack.people, 1001);
  await ana.say('/status');
  await stack.people.waitFor({ chat: 1001, as: 1001 }, says('VirusTotal'), 30_000);
}
