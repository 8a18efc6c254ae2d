import { z } from 'zod';

/** How many engines said what. A number that is missing is nobody's opinion; one that is unreadable spoils the answer. */
export const EngineStats = z.object({
  malicious: z.int().nonnegative(),
  suspicious: z.int().nonnegative(),
  harmless: z.int().nonnegative(),
  undetected: z.int().nonnegative(),
});
export type EngineStats = z.output<typeof EngineStats>;

/** Seconds since 1970, as VirusTotal writes times. */
const EpochSeconds = z.int().positive().max(253_402_300_799).nullish();

/** Free text that no level rests on: of another type it is left out. */
const FreeText = z.string().nullish().catch(null);
const FreeNumber = z.number().nullish().catch(null);

/** What all four kinds of object have. An object that was never analysed has no `last_analysis_stats`. */
const Rated = z.object({ last_analysis_stats: EngineStats.optional(), last_analysis_date: EpochSeconds });

/** https://docs.virustotal.com/reference/files */
export const FileObject = objectOf(
  'file',
  Rated.extend({
    md5: z.string(),
    sha1: z.string(),
    sha256: z.string(),
    meaningful_name: FreeText,
    type_description: FreeText,
    size: FreeNumber,
    popular_threat_classification: z.object({ suggested_threat_label: FreeText }).nullish().catch(null),
  }),
);
export type FileObject = z.output<typeof FileObject>;

/** https://docs.virustotal.com/reference/ip-object */
export const IpObject = objectOf(
  'ip_address',
  Rated.extend({ as_owner: FreeText, asn: FreeNumber, country: FreeText, network: FreeText }),
);
export type IpObject = z.output<typeof IpObject>;

/** https://docs.virustotal.com/reference/domains-object */
export const DomainObject = objectOf(
  'domain',
  Rated.extend({ registrar: FreeText, creation_date: EpochSeconds.catch(null) }),
);
export type DomainObject = z.output<typeof DomainObject>;

/** https://docs.virustotal.com/reference/url-object */
export const UrlObject = objectOf(
  'url',
  Rated.extend({ url: z.string(), title: FreeText, last_final_url: FreeText, last_http_response_code: FreeNumber }),
);
export type UrlObject = z.output<typeof UrlObject>;

/** https://docs.virustotal.com/reference/errors */
export const VirusTotalError = z.object({ error: z.object({ code: z.string() }) });

/** An object in VirusTotal's wrapping: its id beside its attributes. */
function objectOf<Type extends string, Shape extends z.ZodRawShape>(type: Type, attributes: z.ZodObject<Shape>) {
  return z
    .object({ data: z.object({ id: z.string(), type: z.literal(type), attributes }) })
    .transform(({ data }) => ({ id: data.id, attributes: data.attributes }));
}
