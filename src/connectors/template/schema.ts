import { z } from 'zod';

/**
 * The tool's answer for a name on its list. Strict where a level rests on it (`rating`, and `domain`, which shows that
 * the answer is about what we asked); lenient where it is decoration (`note`).
 */
export const ListedDomain = z.object({
  domain: z.string(),
  rating: z.enum(['bad', 'watched', 'good']),
  note: z.string().nullish().catch(null),
  changedAt: z.iso.datetime().nullish().catch(null),
});
export type ListedDomain = z.output<typeof ListedDomain>;

/** The tool's own words for a name that is not on its list, with status 404. */
export const NotListed = z.object({ error: z.literal('not listed') });
