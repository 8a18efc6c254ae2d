/** Somebody with a phone. */
export type Person = {
  /** Telegram user id; also the id of the private chat with the bot. */
  readonly id: number;
  readonly name: string;
  readonly username: string | null;
  /** Whether the person ever pressed Start; before that a bot cannot write to them. */
  isStarted: boolean;
  hasBlockedBot: boolean;
  /** Whether the bot has ever heard of the person; decides how a message to them is refused. */
  isKnown: boolean;
};

/** What the bot is in a group. */
export type BotStanding = 'member' | 'administrator' | 'left' | 'kicked';

/** A group or supergroup. Private chats have no record of their own: their id is the person's. */
export type Group = {
  readonly id: number;
  readonly type: 'group' | 'supergroup';
  readonly title: string;
  members: number[];
  /** People who may write anonymously. */
  admins: number[];
  bot: BotStanding;
  /** The supergroup that a group has become. */
  migratedTo: number | null;
};

/** The bot as Telegram describes it. */
export type BotIdentity = { readonly id: number; readonly name: string; readonly username: string };

/** Whether the bot can read and write in a group. */
export function isBotInside(group: Group): boolean {
  return group.bot === 'member' || group.bot === 'administrator';
}
