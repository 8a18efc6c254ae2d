/** What a person may do; each role includes the ones before it. */
export const ROLES = ['viewer', 'analyst', 'responder', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Somebody SocBot listens to. One person may hold several Telegram accounts. */
export type Person = {
  /** The key in `socbot.yaml`; how cards and the audit name the person. */
  readonly name: string;
  readonly role: Role;
  /** Numeric Telegram user ids; never @usernames, which can be taken over. */
  readonly telegramIds: readonly number[];
};

/** Whether a role includes another. */
export function hasRole(person: Pick<Person, 'role'>, role: Role): boolean {
  return ROLES.indexOf(person.role) >= ROLES.indexOf(role);
}
