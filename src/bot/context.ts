import type { Context } from 'grammy';
import type { Ask } from '#domain/ask.ts';
import type { Person } from '#domain/person.ts';

/** An update that is heard: who sent it, and the request it may become. */
export type SocContext = Context & {
  person: Person;
  ask: Ask;
  /** Nothing came of it: no feature took it. */
  isIgnored?: boolean;
};
