import { z } from 'zod';
import { Count, Tags } from '#connectors/abuse-ch.ts';
import { FreeText } from '#connectors/free-text.ts';

/** Whether a URL serves malware now, as URLhaus last saw it. A word that we do not know is `unknown`, never offline. */
const UrlStatus = z.enum(['online', 'offline', 'unknown']).catch('unknown');

/** A URL that served malware. Being listed is the evidence; the rest describes it. */
export const ListedUrl = z.object({
  url: z.string(),
  url_status: UrlStatus,
  date_added: FreeText,
  last_online: FreeText,
  threat: FreeText,
  tags: Tags,
});
export type ListedUrl = z.output<typeof ListedUrl>;

/** A host and the URLs on it that served malware; `urls` holds the newest and may be shorter than `url_count`. */
export const ListedHost = z.object({
  host: z.string(),
  url_count: Count,
  firstseen: FreeText,
  blacklists: z.object({ spamhaus_dbl: FreeText, surbl: FreeText }).nullish().catch(null),
  urls: z.array(z.object({ url_status: UrlStatus, date_added: FreeText, threat: FreeText, tags: Tags })),
});
export type ListedHost = z.output<typeof ListedHost>;

/** A file that a listed URL served. URLhaus also answers `ok` for a hash it has never seen; then both hashes are null. */
export const Payload = z.object({
  md5_hash: z.string().nullable(),
  sha256_hash: z.string().nullable(),
  signature: FreeText,
  file_type: FreeText,
  file_size: Count.nullish().catch(null),
  firstseen: FreeText,
  lastseen: FreeText,
  url_count: Count.nullish().catch(null),
  virustotal: z.object({ result: FreeText }).nullish().catch(null),
});
export type Payload = z.output<typeof Payload>;
