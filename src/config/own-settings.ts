import { z } from 'zod';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { parseHost } from '#domain/parsers/host.ts';
import type { FileSettings } from './file-settings.ts';
import type { Flaw } from './people.ts';

/** A domain of ours, in its one spelling. */
export const DomainName = z.string('is not a domain; write it like corp.example').transform((text, context): string => {
  const parsed = parseObservable(text);
  if (isUnderstood(parsed) && parsed.observable.kind === 'domain') return parsed.observable.value;
  context.addIssue('is not a domain; write it like corp.example');
  return z.NEVER;
});

const Address = z.string('is not an address; write it like 203.0.113.9').transform((text, context): string => {
  const parsed = parseObservable(text);
  if (isUnderstood(parsed) && ['ipv4', 'ipv6'].includes(parsed.observable.kind)) return parsed.observable.value;
  context.addIssue('is not an address; write it like 203.0.113.9');
  return z.NEVER;
});

/** How much hangs on a machine of ours. */
const HOST_TIERS = ['workstation', 'server', 'critical'] as const;

/** What is known of a machine of ours. */
export const HostEntry = z.strictObject({
  tier: z.enum(HOST_TIERS, { error: () => `is not a tier; write ${HOST_TIERS.join(', ')}` }),
  owner: z
    .string('is not a name; write whose machine it is')
    .min(1, 'must not be empty')
    .max(60, 'is too long')
    .optional(),
  addresses: z.array(Address).default([]),
});

/** What is wrong with the names in `hosts`: `/isolate` could not mean them, or one machine stands there twice. */
export function flawsInHosts(hosts: FileSettings['hosts']): readonly Flaw[] {
  const names = Object.keys(hosts);
  return names.flatMap((name, at) => {
    const path = ['hosts', name];
    if (parseHost(name) === null)
      return [{ path, text: 'is not the name of a machine; write it like ws-114 or srv-mail.corp.example' }];
    const isRepeated = names.slice(0, at).some((other) => other.toLowerCase() === name.toLowerCase());
    return isRepeated ? [{ path, text: 'differs from another machine in capitals only; keep one' }] : [];
  });
}
