import { z } from 'zod';
import { parseTableEntry, type TableEntry } from './alias-table.ts';

/**
 * What `add` and `delete` say, with HTTP 200 whatever became of it (AliasUtilController of opnsense/core). Another word is
 * no answer.
 */
export const AliasWord = z.object({
  status: z.enum(['done', 'not_an_address', 'failed']),
  status_msg: z.string().nullish().catch(null),
});
export type AliasWord = z.output<typeof AliasWord>;

const Entry = z.string().transform((text, context): TableEntry => {
  const entry = parseTableEntry(text);
  if (entry !== null) return entry;
  context.addIssue({ code: 'custom', message: 'neither an address nor a network' });
  return z.NEVER;
});

/** A table as releases since 2021 list it. One that came in part says nothing of what is missing. */
export const Table = z
  .object({ total: z.int().nonnegative(), rows: z.array(z.object({ ip: Entry })) })
  .refine(({ total, rows }) => total === rows.length, { path: ['total'], message: 'not the whole table' })
  .transform(({ rows }) => rows.map(({ ip }) => ip));

/** A table as older releases list it. Nothing at all is also what they say when they cannot read it. */
export const BareTable = z.array(Entry).min(1);
