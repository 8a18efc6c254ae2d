import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeReduced } from './file.ts';
import { LISTS_FILE } from './open.ts';
import { type MispList, reduceLists } from './reduce.ts';

/** What we read of a list (https://github.com/MISP/misp-warninglists, schema.json). */
const ListFile = z.object({ type: z.string(), version: z.int(), list: z.array(z.string()) });

/**
 * Makes the reduced copy from a folder that has one folder a list, and in it `list.json`. Returns what to tell whoever
 * ran it. Throws when a list cannot be read, is missing, or has not been decided on.
 */
export function makeWarningLists(from: string, to: string): string {
  const { reduced, unread } = reduceLists(readLists(from));
  const bytes = writeReduced(reduced);
  writeFileSync(to, bytes);
  const { date, lists, names, hashes } = reduced;
  const left = Object.entries(unread).map(([list, count]) => `${list}: ${count} entries left out\n`);
  const counts = `${lists.length} lists of ${date}, ${names.length} names, ${hashes.values.length / 2} hashes`;
  return `${left.join('')}${counts}, ${bytes.length} bytes\n`;
}

function readLists(from: string): MispList[] {
  const folders = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name: folder }) => {
    const list = ListFile.parse(JSON.parse(readFileSync(join(from, folder, 'list.json'), 'utf8')));
    return { folder, ...list };
  });
}

if (import.meta.main) {
  const [from] = process.argv.slice(2);
  if (from === undefined) throw new Error('Say where the lists are: node src/warning-lists/make.ts FOLDER');
  process.stdout.write(makeWarningLists(from, LISTS_FILE));
}
