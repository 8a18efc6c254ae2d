import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBotApi } from './bot-api/bot-api.ts';
import { DEFAULT_GROUPS, DEFAULT_PEOPLE, DEFAULT_TOKEN } from './defaults.ts';
import type { TelegramSimulatorOptions } from './options.ts';
import type { PhoneChat, PhonePerson } from './phone.ts';
import { keepState, readState, type StateFile } from './state-file.ts';
import { listChats, toPhonePerson } from './user/phone-view.ts';
import { createUserApi } from './user/user-api.ts';
import type { Group, Person } from './world/people.ts';
import { createWorld } from './world/world.ts';

export type TelegramSimulator = {
  /** The `apiRoot` for a bot. */
  readonly url: string;
  /** The address of the user side, for pages, tests and scripts. */
  readonly userSide: string;
  readonly token: string;
  readonly people: readonly PhonePerson[];
  readonly chats: readonly PhoneChat[];
  /** Stops at once: waiting polls and event streams are cut. */
  close(): Promise<void>;
};

/** Idle connections live longer than any client keeps them, so that no call is lost to a closing one. */
const KEEP_ALIVE_MS = 75_000;

/** Starts a server that is Telegram to a bot (Bot API) and to people (the user side). */
export async function startTelegramSimulator(options: TelegramSimulatorOptions = {}): Promise<TelegramSimulator> {
  const token = options.token ?? DEFAULT_TOKEN;
  const world = createWorld(
    {
      bot: { id: Number.parseInt(token, 10), name: 'SocBot', username: options.botUsername ?? 'socbot_range_bot' },
      people: (options.people ?? DEFAULT_PEOPLE).map(toPerson),
      groups: (options.chats ?? DEFAULT_GROUPS).map(toGroup),
      firstUpdateId: options.firstUpdateId ?? 731_000_001,
      fileDirectory: options.state === undefined ? null : `${options.state}.files`,
    },
    options.state === undefined ? null : readState(options.state),
  );
  const state = options.state === undefined ? null : keepState(world, options.state);
  const kept = async () => state?.kept();
  const answerBot = createBotApi(world, { token, slowsRepeats: options.slowsRepeatedPolls ?? false, kept });
  const answerUser = createUserApi(world, kept);
  const server = createServer({ keepAlive: true, noDelay: true }, (request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '/', 'http://simulator.invalid');
    if (url && /^\/user(?:\/|$)/.test(url.pathname)) return answerUser(request, response, url);
    return answerBot(request, response, url ?? new URL('http://simulator.invalid/'));
  }

  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const url = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  return {
    url,
    userSide: `${url}/user`,
    token,
    people: [...world.people.values()].map(toPhonePerson),
    chats: listChats(world),
    close: () => stop(server, state),
  };
}

function toPerson(person: NonNullable<TelegramSimulatorOptions['people']>[number]): Person {
  const isStarted = person.started ?? true;
  const { id, name, username = null } = person;
  return { id, name, username, isStarted, hasBlockedBot: false, isKnown: isStarted };
}

function toGroup(group: NonNullable<TelegramSimulatorOptions['chats']>[number]): Group {
  return { admins: group.members.slice(0, 1), bot: 'member', ...group, members: [...group.members], migratedTo: null };
}

async function listen(server: Server, port: number, host: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

async function stop(server: Server, state: StateFile | null): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
  await state?.close();
}
