import { getDomain } from 'tldts';
import { isInRange } from '#connectors/addresses.ts';
import { ConnectorError } from '#connectors/errors.ts';
import { faultOfOtherIndicator, faultOfUnsupportedKind } from '#connectors/faults.ts';
import { createReport } from '#connectors/report.ts';
import type { Observable } from '#domain/observable.ts';
import type { Report } from '#domain/report.ts';
import type { Source } from '#domain/source.ts';
import type { RdapClient } from './client.ts';
import { factsOfDomain, factsOfNetwork, registrationOf } from './facts.ts';
import type { DomainRecord, NetworkRecord } from './schema.ts';

/** Whom to ask; null if no registry is known for it. */
export type FindRegistry = {
  ofDomain(name: string): RdapClient | null;
  ofAddress(address: string): RdapClient | null;
};

/** RDAP as a source: who registered a domain or holds a network, and since when. It knows, and has no opinion. */
export function createRdapSource(find: FindRegistry): Source {
  return {
    async lookUp(observable, signal) {
      const { kind, value } = observable;
      switch (kind) {
        case 'ipv4':
        case 'ipv6':
        case 'cidr':
          return lookUpNetwork(find, observable, signal);
        case 'domain':
          return lookUpDomain(find, { name: value, isOfEmail: false }, signal);
        case 'email':
          return lookUpDomain(find, { name: value.slice(value.lastIndexOf('@') + 1), isOfEmail: true }, signal);
        default:
          throw faultOfUnsupportedKind('rdap', kind);
      }
    },
  };
}

async function lookUpNetwork(find: FindRegistry, { kind, value }: Observable, signal: AbortSignal): Promise<Report> {
  const registry = find.ofAddress(kind === 'cidr' ? value.slice(0, value.indexOf('/')) : value);
  if (registry === null) return createReport({ level: 'context', summary: 'In no block of a registry' });
  const record = kind === 'cidr' ? await registry.getNetwork(value, signal) : await registry.getAddress(value, signal);
  if (record === null) return createReport({ level: 'unknown', summary: 'Not registered' });
  if (!isInRange(value, record.startAddress, record.endAddress)) throw faultOfOtherIndicator('rdap');
  return reportOfNetwork(record);
}

type AskedName = { readonly name: string; readonly isOfEmail: boolean };

/** Registries know registered names only, so `www.shop.example` asks for `shop.example`; the summary says so. */
async function lookUpDomain(find: FindRegistry, asked: AskedName, signal: AbortSignal): Promise<Report> {
  const name = getDomain(asked.name);
  if (name === null)
    throw new ConnectorError({ kind: 'refused', connector: 'rdap', message: 'not a registrable name' });
  const about = asked.isOfEmail || name !== asked.name ? `${name}: ` : '';
  const prefix = asked.isOfEmail ? `Only of the address's domain, ${about}` : about;
  const registry = find.ofDomain(name);
  if (registry === null) {
    return createReport({ level: 'context', summary: `${prefix}no registry known for this top-level domain` });
  }
  const record = await registry.getDomain(name, signal);
  if (record === null) return createReport({ level: 'unknown', summary: `${prefix}not registered` });
  if (record.ldhName.toLowerCase().replace(/\.$/, '') !== name) throw faultOfOtherIndicator('rdap');
  return reportOfDomain(prefix, record);
}

function reportOfDomain(prefix: string, record: DomainRecord): Report {
  return createReport({
    level: 'context',
    summary: `${prefix}${registrationOf(record.events)}`,
    facts: factsOfDomain(record),
  });
}

function reportOfNetwork(record: NetworkRecord): Report {
  const range = `${record.startAddress} to ${record.endAddress}`;
  return createReport({
    level: 'context',
    summary: record.name ? `${record.name}, ${range}` : range,
    facts: factsOfNetwork(record),
  });
}
