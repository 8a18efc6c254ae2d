import { z } from 'zod';
import { Count, Tags } from '#connectors/abuse-ch.ts';
import { FreeText } from '#connectors/free-text.ts';

/** One entry: an indicator, what it is used for, and how sure ThreatFox is, in percent. */
export const Entry = z.object({
  ioc: z.string(),
  confidence_level: Count.pipe(z.int().max(100)),
  threat_type: FreeText,
  malware_printable: FreeText,
  first_seen: FreeText,
  last_seen: FreeText,
  tags: Tags,
});
export type Entry = z.output<typeof Entry>;

/** The body of an `ok` answer; without a hit ThreatFox says `no_result` and puts a sentence where the list would be. */
export const Entries = z.object({ data: z.array(Entry).min(1) }).transform(({ data }) => data);
