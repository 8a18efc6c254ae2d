/** Telegram's user ids have at most 52 significant bits (https://core.telegram.org/bots/api#user). */
const LARGEST_ID = 2 ** 52;

/**
 * Accounts that many people share: anonymous group administrators, channels, and Telegram itself
 * (https://core.telegram.org/bots/api#message, `from` and `sender_chat`).
 */
const SHARED_IDS = new Set([1_087_968_824, 136_817_688, 777_000]);

const HOW_TO_FIND =
  'the id is a number such as 123456789: let the person write to the bot once, and read it in the log, which names every stranger by id';

const HOW_TO_INVITE = 'write a numeric id, or take the line out and run: npm run socbot -- invite <name>';

/** Why a value is not the id of one person's Telegram account, and what to write; null if it is. */
export function objectionToPersonId(value: unknown): string | null {
  if (typeof value === 'string') {
    if (/^\d{1,16}$/.test(value)) return 'is in quotes; write the number without them';
    return `is not a numeric id, and a @username can be taken over by somebody else; ${HOW_TO_FIND}`;
  }
  if (value === undefined || value === null) return `is empty; ${HOW_TO_INVITE}`;
  if (typeof value !== 'number') return `is not a numeric id; ${HOW_TO_FIND}`;
  if (value < 0) return `is the id of a group; groups have their own section, and here ${HOW_TO_FIND}`;
  if (!Number.isInteger(value) || value === 0 || value > LARGEST_ID) return `is not a numeric id; ${HOW_TO_FIND}`;
  return SHARED_IDS.has(value) ? `is an account that many people share; ${HOW_TO_FIND}` : null;
}

const GROUP_EXAMPLE = 'write the number with its minus sign, such as -1001234567890';

/** Why a value is not the id of a Telegram group, and what to write; null if it is. Group ids are negative. */
export function objectionToGroupId(value: unknown): string | null {
  if (typeof value === 'string' && /^-?\d{1,16}$/.test(value)) return 'is in quotes; write the number without them';
  if (typeof value === 'string') {
    return `is not a numeric id, and the @name of a group can be taken over by another one; ${GROUP_EXAMPLE}`;
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) return `is not a numeric id; ${GROUP_EXAMPLE}`;
  if (value >= 0) return `is not the id of a group, which is negative; ${GROUP_EXAMPLE}`;
  return value < -LARGEST_ID ? `is not a numeric id; ${GROUP_EXAMPLE}` : null;
}
