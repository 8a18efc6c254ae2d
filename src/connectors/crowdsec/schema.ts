import { z } from 'zod';
import { FreeText } from '#connectors/free-text.ts';
import { Secret } from '#domain/secret.ts';

/** `POST /v1/watchers/login`: a token that fits into a header. */
export const Token = z
  .object({ token: z.string().regex(/^[\w.~+/=-]{1,8192}$/) })
  .transform(({ token }) => new Secret(token));

const UNITS_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, µs: 1e-3, ns: 1e-6 };

/** A duration as Go writes it (`3h59m59.98s`, `-2s`; https://pkg.go.dev/time#Duration.String) in milliseconds. */
const GoDuration = z
  .string()
  .regex(/^-?(?:\d{1,15}(?:\.\d{1,9})?(?:h|ms|m|s|µs|ns))+$/)
  .transform((text) => {
    const parts = [...text.matchAll(/([\d.]+)([a-zµ]+)/g)];
    const ms = parts.reduce((sum, [, count = '', unit = '']) => sum + Number(count) * (UNITS_MS[unit] ?? 0), 0);
    return text.startsWith('-') ? -ms : ms;
  });

const Decision = z.object({
  id: z.int().nonnegative(),
  origin: z.string(),
  scenario: z.string(),
  scope: z.string(),
  type: z.string(),
  value: z.string(),
  /** What is left of it; negative once it is over. */
  duration: GoDuration,
});

const Meta = z
  .array(z.object({ key: FreeText, value: FreeText }))
  .nullish()
  .catch(null);

const Alert = z.object({ simulated: z.boolean(), decisions: z.array(Decision).nullish(), meta: Meta });

/** The keys of what SocBot notes in an alert's `meta`: who asked, and until when. */
export const REQUESTER_KEY = 'requester';
export const UNTIL_KEY = 'until';

/** One decision, and what its alert adds. */
export type Decision = Omit<z.output<typeof Decision>, 'duration'> & {
  readonly restMs: number;
  /** A simulated one is in force nowhere. */
  readonly isSimulated: boolean;
  /** Its alert has no other. */
  readonly isAlone: boolean;
  readonly requester: string | null;
  /** The end that was noted, in milliseconds since 1970. */
  readonly notedEnd: number | null;
};

/** `GET /v1/alerts`: the decisions of all alerts, also those that are over. The word null says that there are none. */
export const DecisionsOfAlerts = z
  .array(Alert)
  .nullable()
  .transform((alerts): readonly Decision[] => (alerts ?? []).flatMap(decisionsOf));

function decisionsOf({ simulated, decisions, meta }: z.output<typeof Alert>): Decision[] {
  const noted = (name: string): string | null => meta?.find(({ key }) => key === name)?.value ?? null;
  const notedEnd = Date.parse(noted(UNTIL_KEY) ?? '');
  return (decisions ?? []).map(({ duration, ...decision }) => ({
    ...decision,
    restMs: duration,
    isSimulated: simulated,
    isAlone: decisions?.length === 1,
    requester: noted(REQUESTER_KEY),
    notedEnd: Number.isNaN(notedEnd) ? null : notedEnd,
  }));
}

/** `POST /v1/alerts`: the id of every alert that was stored. */
export const StoredIds = z.array(z.string());

/** `DELETE /v1/decisions`: a number, as text. */
export const Deleted = z.object({ nbDeleted: z.string().regex(/^\d{1,12}$/) });

/** `GET /v1/allowlists/check/…`: which entry names it, in the server's words; an empty object says that none does. */
export const Allowlisting = z
  .strictObject({ allowlisted: z.boolean().default(false), reason: FreeText })
  .transform(({ allowlisted, reason }) => ({ entry: allowlisted ? (reason ?? '') : null }));

/** The words of a fault. */
export const Said = z.object({ message: z.string() });
