import { z } from 'zod';
import { FreeText } from '#connectors/free-text.ts';

const Hash = z.string().nullish();
const Percent = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(0).max(100));

/** A file in one of the known sets of files, or one that a malware exchange holds. */
export const KnownFile = z
  .object({
    MD5: Hash,
    'SHA-1': Hash,
    'SHA-256': Hash,
    FileName: FreeText,
    ProductCode: z.object({ ProductName: FreeText }).nullish().catch(null),
    source: FreeText,
    db: FreeText,
    KnownMalicious: z.unknown().optional(),
    'hashlookup:trust': Percent,
    'hashlookup:parent-total': z.int().nonnegative().nullish().catch(null),
  })
  .transform((file) => ({
    hashes: { md5: file.MD5, sha1: file['SHA-1'], sha256: file['SHA-256'] },
    name: file.FileName,
    product: file.ProductCode?.ProductName,
    set: file.source ?? file.db,
    accuser: accuserOf(file.KnownMalicious),
    /** In percent; 50 means that CIRCL has no opinion. */
    trust: file['hashlookup:trust'],
    parents: file['hashlookup:parent-total'],
  }));
export type KnownFile = z.output<typeof KnownFile>;

/**
 * Who calls the file malicious; null if nobody. Seen as a name, a list of names and a mark: whatever is there and does
 * not say "no" is an accusation, readable or not.
 */
function accuserOf(value: unknown): string | null {
  if (value === undefined || value === null || value === false || value === '' || value === 0) return null;
  const names = (Array.isArray(value) ? value : [value]).filter((name) => typeof name === 'string');
  return names.length > 0 ? names.join(', ') : 'an unnamed source';
}

/** The body of a 404 that means "in none of our sets", as opposed to a path that does not exist. */
export const MissingFile = z.object({ message: z.string().startsWith('Non existing') });
