import { z } from 'zod';

const FreeText = z.string().nullish().catch(null);

/** https://docs.abuseipdb.com/#check-endpoint: `data` of an answer. */
export const CheckedAddress = z
  .object({
    data: z.object({
      ipAddress: z.string(),
      isPublic: z.boolean(),
      abuseConfidenceScore: z.int().min(0).max(100),
      totalReports: z.int().nonnegative(),
      numDistinctUsers: z.int().nonnegative().nullish().catch(null),
      lastReportedAt: z.iso.datetime({ offset: true }).nullish().catch(null),
      isWhitelisted: z.boolean().nullish().catch(null),
      isTor: z.boolean().nullish().catch(null),
      countryCode: FreeText,
      usageType: FreeText,
      isp: FreeText,
      domain: FreeText,
      hostnames: z.array(z.string()).nullish().catch(null),
    }),
  })
  .transform(({ data }) => data);
export type CheckedAddress = z.output<typeof CheckedAddress>;
