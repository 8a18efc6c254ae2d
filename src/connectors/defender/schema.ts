import { z } from 'zod';
import { FreeText } from '#connectors/free-text.ts';
import { readLeaseNote } from '#connectors/lease-note.ts';
import { Secret } from '#domain/secret.ts';

/** An instant as the vendor writes it, with up to seven decimals, in ISO 8601 as we write it. */
const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

/**
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow: `expires_in` is in seconds, a
 * number here and a text in the older form.
 */
export const Token = z
  .object({
    access_token: z.string().regex(/^[!-~]+$/),
    expires_in: z.union([
      z.int().positive(),
      z
        .string()
        .regex(/^[1-9]\d{0,8}$/)
        .transform(Number),
    ]),
  })
  .transform(({ access_token, expires_in }) => ({
    token: new Secret(access_token),
    endsAtMs: Date.now() + expires_in * 1000,
  }));

/** https://learn.microsoft.com/defender-endpoint/api/ti-indicator. `note` is null where SocBot did not put it there. */
export const Indicator = z
  .object({
    id: z.union([z.string().min(1), z.int().transform(String)]),
    indicatorValue: z.string().min(1),
    indicatorType: z.string(),
    action: z.string(),
    expirationTime: Instant.nullish(),
    rbacGroupNames: z.array(z.string()).nullish(),
    description: FreeText,
    source: FreeText,
  })
  .transform((indicator) => ({
    id: indicator.id,
    value: indicator.indicatorValue,
    type: indicator.indicatorType,
    action: indicator.action,
    until: indicator.expirationTime ?? null,
    groups: indicator.rbacGroupNames ?? [],
    by: indicator.source ?? null,
    note: readLeaseNote(indicator.description),
  }));
export type Indicator = z.output<typeof Indicator>;

/** https://learn.microsoft.com/defender-endpoint/api/machine; one that never told its name has none. */
export const Machine = z.object({ id: z.string().min(1), computerDnsName: z.string().nullish() });
export type Machine = z.output<typeof Machine>;

/** https://learn.microsoft.com/defender-endpoint/api/machineaction. `note` is null where SocBot did not ask for it. */
export const MachineAction = z
  .object({
    id: z.string().min(1),
    type: z.string(),
    status: z.enum(['Pending', 'InProgress', 'Succeeded', 'Failed', 'TimeOut', 'Cancelled']),
    machineId: z.string().min(1),
    computerDnsName: z.string().nullish(),
    creationDateTimeUtc: Instant,
    scope: FreeText,
    requestor: FreeText,
    requestorComment: FreeText,
    cancellationComment: FreeText,
  })
  .transform(({ requestorComment, creationDateTimeUtc, ...action }) => ({
    ...action,
    createdAt: creationDateTimeUtc,
    note: readLeaseNote(requestorComment),
  }));
export type MachineAction = z.output<typeof MachineAction>;

/** One page of a list (OData 4, `@odata.nextLink`). */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z
    .object({ value: z.array(item), '@odata.nextLink': z.string().nullish() })
    .transform((page) => ({ items: page.value, hasMore: typeof page['@odata.nextLink'] === 'string' }));
}
