import type { Person } from '#domain/person.ts';
import type { FileSettings } from './file-settings.ts';
import type { SettingPath } from './settings-file.ts';

/** Something wrong with a part of the settings file, still without its line. */
export type Flaw = { readonly path: SettingPath; readonly text: string };

/** Names stand on cards and in the audit: letters of any script, digits, and little else, in a length that fits. */
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} .'_-]{0,38}[\p{L}\p{M}\p{N}.])?$/u;

/** The people as the rest of SocBot knows them. */
export function toPeople(entries: FileSettings['people']): Person[] {
  return Object.entries(entries).map(([name, { role, telegram }]) => ({ name, role, telegramIds: telegram ?? [] }));
}

/**
 * What is wrong with the people and groups taken together: names that cannot be told apart or do not fit a card, and one
 * Telegram account or group under two names. Reads the file's raw data, so that it is found in the same go as all else.
 */
export function flawsInPeople(data: unknown): readonly Flaw[] {
  const people = fieldsOf(fieldsOf(data)['people']);
  const groups = fieldsOf(fieldsOf(data)['groups']);
  const accounts = Object.entries(people).flatMap(([name, person]) =>
    [fieldsOf(person)['telegram']].flat().map((id) => ({ path: ['people', name, 'telegram'], name, id })),
  );
  return [
    ...flawsInNames('people', Object.keys(people)),
    ...flawsInNames('groups', Object.keys(groups)),
    ...repeatedIds(accounts),
    ...repeatedIds(Object.entries(groups).map(([name, id]) => ({ path: ['groups', name], name, id }))),
  ];
}

function flawsInNames(section: string, names: readonly string[]): Flaw[] {
  const seen = new Set<string>();
  return names.flatMap((name) => {
    const folded = name.normalize('NFKC').toLowerCase();
    const isRepeated = seen.has(folded);
    seen.add(folded);
    const path = [section, name];
    if (!NAME.test(name)) {
      return [
        { path, text: 'holds a name that fits no card; write 1 to 40 letters, digits, spaces, or . _ - between them' },
      ];
    }
    return isRepeated
      ? [{ path, text: 'differs from another name in capitals only; write a name that stands out' }]
      : [];
  });
}

type Numbered = { readonly path: SettingPath; readonly name: string; readonly id: unknown };

function repeatedIds(entries: readonly Numbered[]): Flaw[] {
  const owners = new Map<number, string>();
  return entries.flatMap(({ path, name, id }) => {
    if (typeof id !== 'number') return [];
    const owner = owners.get(id);
    owners.set(id, owner ?? name);
    if (owner === undefined) return [];
    const who = NAME.test(owner) ? owner : 'somebody else';
    return [
      { path, text: owner === name ? 'has one id twice; keep one' : `has the id of ${who}; an id belongs to one` },
    ];
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
