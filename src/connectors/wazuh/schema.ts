import { z } from 'zod';
import { FreeText } from '#connectors/free-text.ts';
import { Secret } from '#domain/secret.ts';

/** https://documentation.wazuh.com/current/user-manual/api/reference.html, `POST /security/user/authenticate`. */
export const Token = z
  .object({ data: z.object({ token: z.string().regex(/^[!-~]+$/) }), error: z.literal(0) })
  .transform(({ data }) => new Secret(data.token));

/** What every other answer is wrapped in, with HTTP 200 also where nothing was done: `error` 0 is all, 1 none, 2 some. */
export const Envelope = z.object({
  error: z.int(),
  data: z.object({
    affected_items: z.array(z.unknown()),
    failed_items: z.array(z.object({ error: z.object({ code: z.int(), message: FreeText }) })),
  }),
});

/** `GET /lists/files/{filename}`: the keys of a list with their values. */
export const ListContent = z.tuple([z.record(z.string(), z.string())]).transform(([list]) => Object.entries(list));
export type ListContent = z.output<typeof ListContent>;

/** Something was done: what, is not read. */
export const Affected = z.array(z.unknown()).min(1);

/** The active responses that are in force, as `wazuh-analysisd` has read them; `timeout` in seconds, 0 is for ever. */
export const ActiveResponses = z
  .array(
    z.object({
      'active-response': z.array(z.object({ rules_id: z.string().nullish(), timeout: z.number().nonnegative() })),
    }),
  )
  .transform((items) =>
    items.flatMap((item) =>
      item['active-response'].map(({ rules_id: rules, timeout }) => ({ rules: rules?.split(/\D+/) ?? [], timeout })),
    ),
  );
export type ActiveResponses = z.output<typeof ActiveResponses>;

const Lookup = z.object({ name: z.string(), lookup: FreeText });

/** `GET /rules?rule_ids=`: which lists a rule looks things up in, and how. */
export const Rules = z
  .array(
    z.object({
      id: z.int(),
      status: z.string(),
      details: z.object({ list: z.union([Lookup, z.array(Lookup)]).nullish() }),
    }),
  )
  .transform((rules) =>
    rules.map(({ id, status, details: { list } }) => ({ id: String(id), status, lists: [list ?? []].flat() })),
  );
export type Rules = z.output<typeof Rules>;

/** `PUT /manager/analysisd/reload`: what became of it, node by node, in words. */
export const Reloads = z.array(z.object({ msg: z.string() })).min(1);
