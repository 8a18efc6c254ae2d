import { z } from 'zod';
import { FreeText } from '#connectors/free-text.ts';
import { Secret } from '#domain/secret.ts';

/** `POST /v1/watchers/login`: https://docs.crowdsec.net/docs/local_api/intro */
export const Token = z.object({ token: z.string().regex(/^[!-~]+$/) }).transform(({ token }) => new Secret(token));

/** How errors are told, also those that are the caller's own mistake and come with HTTP 500. */
export const Failure = z.object({ message: z.string() });

const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000_001,
};

/** A duration of Go (`time.ParseDuration`), e.g. `3h59m42.42s` or `-2.5s`, in milliseconds. */
const GoDuration = z
  .string()
  .max(64)
  .regex(/^-?(?:\d+(?:\.\d+)?(?:h|ms|us|µs|ns|m|s))+$/)
  .transform((text) => {
    const parts = text.matchAll(/([\d.]+)(h|ms|us|µs|ns|m|s)/g);
    const sum = [...parts].reduce((ms, [, number, unit]) => ms + Number(number) * (UNIT_MS[unit ?? ''] ?? 0), 0);
    return text.startsWith('-') ? -sum : sum;
  });

/** One decision inside its alert. `duration` is what is left of it when the server answers; below zero it is over. */
const Decision = z.object({
  id: z.int(),
  origin: z.string(),
  scenario: z.string(),
  scope: z.string(),
  type: z.string(),
  value: z.string(),
  duration: GoDuration,
});

/** `GET /v1/alerts`: `null` is none. What is simulated is in force nowhere. */
export const Alerts = z
  .array(
    z.object({
      message: FreeText,
      simulated: z.boolean(),
      decisions: z
        .array(Decision)
        .nullish()
        .transform((decisions) => decisions ?? []),
    }),
  )
  .nullable()
  .transform((alerts) => alerts ?? []);
export type Alerts = z.output<typeof Alerts>;

/** `POST /v1/alerts`: the ids of what was stored, which may be none of what was sent. */
export const StoredIds = z.array(z.string().regex(/^\d{1,19}$/));

/** `DELETE /v1/decisions`: how many, as a text. */
export const Deleted = z
  .object({ nbDeleted: z.string().regex(/^\d{1,19}$/) })
  .transform((body) => Number(body.nbDeleted));

/** `GET /v1/allowlists/check/…`: which entry allows it, in the server's words; nothing at all where none does. */
export const AllowlistCheck = z
  .union([z.object({ allowlisted: z.boolean(), reason: FreeText }), z.strictObject({})])
  .transform((body) => ('allowlisted' in body && body.allowlisted ? (body.reason ?? '') : null))
  .transform((reason) => ({ reason }));
