import type { Group, Person } from './world/people.ts';

/** How a simulated Telegram is set up. Everything may be left out. */
export type TelegramSimulatorOptions = {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Loopback unless set. */
  readonly host?: string;
  readonly token?: string;
  readonly botUsername?: string;
  /** Whoever is not described is taken to have pressed Start. */
  readonly people?: readonly (Pick<Person, 'id' | 'name'> & {
    readonly username?: string;
    readonly started?: boolean;
  })[];
  readonly chats?: readonly (Pick<Group, 'id' | 'type' | 'title' | 'members'> &
    Partial<Pick<Group, 'admins' | 'bot'>>)[];
  /** A JSON file to keep everything in; uploaded files go beside it. In memory if missing. */
  readonly state?: string;
  readonly firstUpdateId?: number;
  /**
   * Whether polls that repeat an offset at once are held back for 3 s and cut to one update, as the real server does.
   * Off unless set, since it makes every clean stop of a bot slow.
   */
  readonly slowsRepeatedPolls?: boolean;
};
