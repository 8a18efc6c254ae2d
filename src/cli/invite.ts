import { Api } from 'grammy';
import { type ConfigSources, loadConfig } from '#config/load.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { storePlaceOf } from '#src/process/store-place.ts';
import { openStore, type Store } from '#store/open-store.ts';

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
  const config = loadConfig({ ...sources, connectors: sourceConnectors, responders: responderConnectors });
  const store = await openStore(storePlaceOf(config));
  try {
    if (options.list) return await list(store, print);
    if (options.unbind !== undefined) return await unbind(options.unbind, store, print);
    const person = config.people.find((one) => one.name === name);
    if (!person) {
      const names = config.people.map((one) => one.name).join(', ');
      throw new Error(`There is no ${name ?? 'name given'} in socbot.yaml; there are ${names}`);
    }
    const code = await store.accounts.invite(person.name, new Date().toISOString());
    await record(store, 'invite', person.name);
    const bot = config.telegram ? await nameOfBot(config.telegram) : null;
    print(`For ${person.name}, within 15 minutes, once:`);
    print(bot === null ? `/start inv_${code}` : `https://t.me/${bot}?start=inv_${code}`);
  } finally {
    await store.close();
  }
}

/** The bot's name; null where Telegram cannot be reached: the command works all the same. */
async function nameOfBot({ token, apiRoot }: { token: { reveal(): string }; apiRoot: string }): Promise<string | null> {
  try {
    return (await new Api(token.reveal(), { apiRoot, timeoutSeconds: 10 }).getMe()).username;
  } catch {
    return null;
  }
}

async function list(store: Store, print: Print): Promise<void> {
  const accounts = await store.accounts.list();
  for (const { person, telegramId, boundAt } of accounts) print(`${person.padEnd(24)}${telegramId}  ${boundAt}`);
  if (accounts.length === 0) print('No account was bound by an invite.');
}

async function unbind(text: string, store: Store, print: Print): Promise<void> {
  const telegramId = /^\d{1,15}$/.test(text) ? Number(text) : null;
  if (telegramId === null) throw new Error('--unbind takes a numeric Telegram id; --list shows them');
  const isGone = await store.accounts.unbind(telegramId);
  if (isGone) await record(store, 'unbind', String(telegramId));
  print(isGone ? `${telegramId} is not heard any more, within a minute.` : `${telegramId} was bound to nobody.`);
}

async function record(store: Store, action: string, detail: string): Promise<void> {
  const nobody = { who: null, telegramId: null, chat: null, request: null };
  await store.audit.append([{ at: new Date().toISOString(), ...nobody, action, outcome: 'done', detail }]);
}
