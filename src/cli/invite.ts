import { Api } from 'grammy';
import type { ConfigSources } from '#config/load.ts';
import type { Secret } from '#domain/secret.ts';
import { utcMinute } from '#domain/utc-minute.ts';
import type { Store } from '#store/open-store.ts';
import { openStoreOf, personOf, readPeople, recordAct } from './people.ts';

type Sources = Pick<ConfigSources, 'env' | 'cwd' | 'dataDir'>;
type Print = (line: string) => void;

export type InviteOptions = { readonly list?: boolean; readonly unbind?: string };

/**
 * `socbot invite`: prints a link by which a person of `socbot.yaml` binds their Telegram account, once and within a quarter
 * of an hour. Hand it over by another way than Telegram: whoever opens it first is that person from then on.
 */
export async function invite(
  name: string | undefined,
  options: InviteOptions,
  sources: Sources,
  print: Print,
): Promise<void> {
  // In a data directory that SocBot does not run with, an invite would open nothing.
  const config = readPeople(sources, { isStoreThere: true });
  const store = await openStoreOf(config);
  try {
    if (options.list) return await list(store, print);
    if (options.unbind !== undefined) return await unbind(options.unbind, store, print);
    const person = personOf(config, name);
    const { code, id, until } = await store.accounts.invite(person.name, new Date().toISOString());
    await recordAct(store, 'invite', { outcome: 'made', detail: `invite ${id} for ${person.name}` });
    const bot = config.telegram ? await nameOfBot(config.telegram) : null;
    print(`For ${person.name} (${person.role}), once, until ${utcMinute(until)}:`);
    print(bot === null ? `/start inv_${code}` : `https://t.me/${bot}?start=inv_${code}`);
    if (bot === null) print("Telegram does not tell the bot's name: send this to the bot, in its own chat.");
    print(`Whoever opens it first is ${person.name} from then on: hand it over by a way on which you know them.`);
  } finally {
    await store.close();
  }
}

/** The bot's name; null where Telegram cannot be reached: the command works all the same. */
async function nameOfBot({ token, apiRoot }: { token: Secret; apiRoot: string }): Promise<string | null> {
  try {
    return (await new Api(token.reveal(), { apiRoot, timeoutSeconds: 10 }).getMe()).username;
  } catch {
    return null;
  }
}

async function list(store: Store, print: Print): Promise<void> {
  const accounts = await store.accounts.list();
  const open = await store.accounts.listOpenInvites(new Date().toISOString());
  for (const { person, telegramId, boundAt, invite: id } of accounts) {
    print(`${person.padEnd(24)}${String(telegramId).padEnd(18)}${boundAt}  by invite ${id}`);
  }
  for (const { person, id, until } of open)
    print(`${person.padEnd(24)}${'invited'.padEnd(18)}until ${until}  invite ${id}`);
  if (accounts.length + open.length === 0) print('No account was bound by an invite, and none is open.');
}

async function unbind(text: string, store: Store, print: Print): Promise<void> {
  const telegramId = /^\d{1,16}$/.test(text) ? Number(text) : null;
  if (telegramId === null) throw new Error('--unbind takes a numeric Telegram id; --list shows them');
  const isGone = await store.accounts.unbind(telegramId);
  if (!isGone) {
    throw new Error(`${telegramId} was not bound by an invite. An id that stands in socbot.yaml is taken out there.`);
  }
  await recordAct(store, 'unbind', { outcome: 'done', detail: String(telegramId) });
  print(`${telegramId} is not heard any more, within a minute.`);
}
