import type { Actor } from '#support/stack-world.ts';

export const ANALYSTS: readonly Actor[] = Array.from({ length: 10 }, (_, at) => ({
  id: 2001 + at,
  name: `Analyst${at}`,
  role: 'analyst' as const,
}));

export const RESPONDERS: readonly Actor[] = [
  { id: 1002, name: 'Ben', role: 'responder' },
  { id: 1003, name: 'Cleo', role: 'admin' },
];

/** People whose presses must count for nothing. */
export const OUTSIDERS: readonly Actor[] = [
  { id: 1500, name: 'Vera', role: 'viewer' },
  { id: 1666, name: 'Eve' },
];
