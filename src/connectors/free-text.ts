import { z } from 'zod';

/** Free text that no level rests on: what is missing, null or of another type is null and does not spoil the answer. */
export const FreeText = z.string().nullish().catch(null);
