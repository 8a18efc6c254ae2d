import { z } from 'zod';

/** An entry of the allow or the deny list: https://ftl.pi-hole.net/master/docs/#get-/domains/-type-/-kind-/-domain- */
export const DomainEntry = z.object({
  id: z.int(),
  domain: z.string(),
  type: z.enum(['allow', 'deny']),
  kind: z.enum(['exact', 'regex']),
  comment: z.string().nullable(),
  groups: z.array(z.int()),
  enabled: z.boolean(),
});
export type DomainEntry = z.output<typeof DomainEntry>;

/** `GET /api/domains`. */
export const DomainEntries = z.object({ domains: z.array(DomainEntry) }).transform(({ domains }) => domains);

/**
 * What became of a write: status 201 or 200 alone says nothing. `errors` are SQLite's words. `entries` holds the entry as
 * it is now, also where nothing was changed.
 */
export const Processed = z
  .object({
    domains: z.array(DomainEntry),
    processed: z.object({
      success: z.array(z.object({ item: z.string() })),
      errors: z.array(z.object({ item: z.string(), error: z.string() })),
    }),
  })
  .transform(({ domains, processed }) => ({
    entries: domains,
    stored: processed.success.map(({ item }) => item),
    errors: processed.errors.map(({ error }) => error),
  }));
export type Processed = z.output<typeof Processed>;

const SubscribedEntry = z.object({ type: z.string(), enabled: z.boolean(), groups: z.array(z.int()) });

/**
 * `GET /api/search/{domain}`: every entry that concerns a name, regular expressions among them, and the subscribed lists
 * that hold it. One that was cut does not count.
 */
export const Search = z
  .object({
    search: z
      .object({
        domains: z.array(DomainEntry),
        gravity: z.array(SubscribedEntry),
        results: z.object({ domains: z.object({ exact: z.int(), regex: z.int() }) }),
      })
      .refine(({ domains, results }) => domains.length === results.domains.exact + results.domains.regex, {
        path: ['domains'],
        message: 'not all entries',
      }),
  })
  .transform(({ search }) => ({ entries: search.domains, subscribed: search.gravity }));
export type Search = z.output<typeof Search>;

/** `GET /api/dns/blocking`. */
export const Blocking = z
  .object({ blocking: z.enum(['enabled', 'disabled', 'failed', 'unknown']) })
  .transform(({ blocking }) => blocking);
export type Blocking = z.output<typeof Blocking>;

/** `POST /api/auth`. Without a password of its own Pi-hole is open to everybody, and there is no session: `sid` is null. */
export const Session = z
  .object({
    session: z.object({
      valid: z.literal(true),
      sid: z
        .string()
        .regex(/^[\x21-\x7e]+$/)
        .nullable(),
    }),
  })
  .transform(({ session }) => session);
export type Session = z.output<typeof Session>;

/** What Pi-hole says instead of an answer. Its `message` and `hint` are not read: the hint may hold the password. */
export const Refusal = z.object({ error: z.object({ key: z.string().regex(/^[a-z_]{1,40}$/) }) });
