import { parse as parseSuffix } from 'tldts';
import type { GuardFinding } from './guard.ts';
import type { Protected, ProtectedName } from './protected.ts';

/** Names kept for documentation (RFC 2606); single words and unknown endings are refused as no domains. */
const DOCUMENTATION = ['example', 'example.com', 'example.net', 'example.org'];

/**
 * What speaks against blocking a name: never what belongs to us or takes us along. A name in the private section of the
 * Public Suffix List (shared hosting, dynamic DNS) holds thousands of strangers, but is some provider's own and at times
 * rightly blocked: two people. Registries' suffixes are no domains at all and never get here. Names are compared as DNS
 * compares them, so that a look-alike is never taken for the name it imitates.
 */
export function judgeName(name: string, kept: Protected, allowDocumentation: boolean): readonly GuardFinding[] {
  const objections = [...kept.names.map((one) => relate(name, one)), objectionToSpecialName(name, allowDocumentation)];
  const findings = [...new Set(objections)].flatMap((why): GuardFinding[] =>
    why === null ? [] : [{ tier: 'never', why }],
  );
  return isSharedSuffix(name)
    ? [...findings, { tier: 'two_people', why: 'Many owners have names under it: it is a shared suffix.' }]
    : findings;
}

/** Whether one name is the other or lies beneath it. */
function isUnder(name: string, parent: string): boolean {
  return name === parent || name.endsWith(`.${parent}`);
}

function relate(target: string, { name, isWhole, what }: ProtectedName): string | null {
  if (target === name || (isWhole && isUnder(target, name))) return `It belongs to ${what}.`;
  return isUnder(name, target) ? `It would take ${what} along.` : null;
}

function objectionToSpecialName(name: string, allowDocumentation: boolean): string | null {
  if (isUnder(name, 'arpa')) return 'It is a name of the Internet itself (RFC 3172).';
  const isForDocumentation = DOCUMENTATION.some((parent) => isUnder(name, parent));
  return isForDocumentation && !allowDocumentation ? 'It is a name for documentation, which nobody has.' : null;
}

export function isSharedSuffix(name: string): boolean {
  const { domain, isPrivate } = parseSuffix(name, { allowPrivateDomains: true });
  return domain === null && isPrivate === true;
}
