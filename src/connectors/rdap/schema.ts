import { z } from 'zod';

const FreeText = z.string().nullish().catch(null);

/** A jCard (RFC 7095): `["vcard", [[name, parameters, type, value, …], …]]`. Only text values are read. */
const JCard = z
  .tuple([z.literal('vcard'), z.array(z.tuple([z.string()], z.unknown()))])
  .transform(([, properties]) => properties.map(([name, ...rest]) => ({ name, value: rest[2] })));

/** RFC 9083, 5.1: somebody who has to do with the object, in some roles. */
const Entity = z.object({
  roles: z.array(z.string()).catch([]),
  handle: FreeText,
  vcardArray: JCard.nullish().catch(null),
});
export type Entity = z.output<typeof Entity>;

/** RFC 9083, 4.5: something that happened to the object. */
const Event = z.object({ eventAction: z.string(), eventDate: z.string() });
export type Event = z.output<typeof Event>;

const Described = {
  entities: z.array(Entity).catch([]),
  events: z.array(Event).catch([]),
  status: z.array(z.string()).catch([]),
};

/** RFC 9083, 5.3: a domain. */
export const DomainRecord = z.object({
  objectClassName: z.literal('domain'),
  ldhName: z.string(),
  nameservers: z.array(z.object({ ldhName: FreeText })).catch([]),
  ...Described,
});
export type DomainRecord = z.output<typeof DomainRecord>;

/** RFC 9083, 5.4: a network of addresses. */
export const NetworkRecord = z.object({
  objectClassName: z.literal('ip network'),
  startAddress: z.string(),
  endAddress: z.string(),
  name: FreeText,
  country: FreeText,
  type: FreeText,
  ...Described,
});
export type NetworkRecord = z.output<typeof NetworkRecord>;

/** RFC 9083, 6: an error in RDAP's words. */
export const RdapError = z.object({ errorCode: z.int() });
