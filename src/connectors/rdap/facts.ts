import type { ReportDraft } from '#connectors/report.ts';
import type { DomainRecord, Entity, Event, NetworkRecord } from './schema.ts';

type Facts = NonNullable<ReportDraft['facts']>;

/** The age of a registration, which is what people ask RDAP for, in words. */
export function registrationOf(events: readonly Event[]): string {
  const day = dayOf(events, 'registration');
  return day === null ? 'registered, date not given' : `registered ${day}`;
}

/** What a registry says of a domain. */
export function factsOfDomain({ entities, events, status, nameservers }: DomainRecord): Facts {
  return [
    ['Registrar', nameOf(entities, 'registrar')],
    ['Holder', nameOf(entities, 'registrant')],
    ['Registered', dayOf(events, 'registration')],
    ['Changed', dayOf(events, 'last changed')],
    ['Expires', dayOf(events, 'expiration')],
    ['Status', status.join(', ')],
    ['Name servers', nameservers.flatMap(({ ldhName }) => ldhName?.toLowerCase() ?? []).join(', ')],
  ];
}

/** What a registry says of a network. */
export function factsOfNetwork({ entities, events, country, type }: NetworkRecord): Facts {
  return [
    ['Holder', nameOf(entities, 'registrant')],
    ['Country', country],
    ['Kind', type],
    ['Abuse contact', emailOf(entities, 'abuse')],
    ['Registered', dayOf(events, 'registration')],
    ['Changed', dayOf(events, 'last changed')],
  ];
}

/** The day of an event (RFC 9083, 10.2.3); null if it is not given or no date. */
function dayOf(events: readonly Event[], action: string): string | null {
  const date = events.find(({ eventAction }) => eventAction.toLowerCase() === action)?.eventDate ?? '';
  return /^\d{4}-\d{2}-\d{2}/.exec(date)?.[0] ?? null;
}

function nameOf(entities: readonly Entity[], role: string): string | null {
  return propertyOf(entities, role, 'fn') ?? entityIn(entities, role)?.handle ?? null;
}

function emailOf(entities: readonly Entity[], role: string): string | null {
  return propertyOf(entities, role, 'email');
}

function propertyOf(entities: readonly Entity[], role: string, name: string): string | null {
  const value = entityIn(entities, role)?.vcardArray?.find((property) => property.name === name)?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}

function entityIn(entities: readonly Entity[], role: string): Entity | undefined {
  return entities.find(({ roles }) => roles.includes(role));
}
