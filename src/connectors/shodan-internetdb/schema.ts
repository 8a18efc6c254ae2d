import { z } from 'zod';

const Texts = z.array(z.string()).catch([]);

/** https://internetdb.shodan.io/docs: what Shodan's last scan found on an address. */
export const ScannedAddress = z.object({
  ip: z.string(),
  ports: z.array(z.int().min(0).max(65_535)),
  tags: z.array(z.string()),
  vulns: z.array(z.string()),
  hostnames: Texts,
  cpes: Texts,
});
export type ScannedAddress = z.output<typeof ScannedAddress>;

/** The answer for an address without a scan, with status 404. */
export const NoInformation = z.object({ detail: z.string() });
