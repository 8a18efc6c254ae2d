import { readIpv4, readIpv6, readNetwork } from '#domain/address.ts';
import type { Observable } from '#domain/observable.ts';
import type { Guard, GuardFinding, GuardTier, ListHit } from './guard.ts';
import { isEmptyFile } from './hashes.ts';
import { judgeMachine } from './machine.ts';
import { judgeName } from './names.ts';
import { judgeNetwork } from './networks.ts';
import { type Protected, protectedBy } from './protected.ts';
import { objectionToSpelling } from './spelling.ts';

const ORDER = ['never', 'two_people', 'tell'] as const;
const LISTS_SHOWN = 3;

/**
 * Everything that speaks against containing a target, the gravest first; empty when nothing does. What cannot be read, in
 * the target or in the guard, is never contained. Sees texts only: what a name resolves to is not looked up.
 */
export function judgeTarget(target: Observable, guard: Guard): readonly GuardFinding[] {
  const objection = objectionToSpelling(target);
  if (objection !== null) return [{ tier: 'never', why: objection }];
  const kept = protectedBy(guard);
  if (typeof kept === 'string') return [{ tier: 'never', why: kept }];
  const byRule = judgeByRules(target, kept, guard);
  // What is refused anyhow needs no list: a network may be so wide that every list is about it.
  const isRefused = byRule.some(({ tier }) => tier === 'never');
  const hits = isRefused ? [] : guard.lists.find(target);
  return ORDER.flatMap((tier) => [...byRule.filter((finding) => finding.tier === tier), ...toFindings(tier, hits)]);
}

function judgeByRules(target: Observable, kept: Protected, guard: Guard): readonly GuardFinding[] {
  const { kind, value } = target;
  switch (kind) {
    case 'ipv4':
    case 'ipv6':
    case 'cidr':
      return judgeNetworkText(value, kept, guard);
    case 'domain':
      return judgeName(value, kept, guard.allowDocumentationRanges);
    case 'url':
      return judgeUrl(value, kept, guard);
    case 'md5':
    case 'sha1':
    case 'sha256':
      return isEmptyFile(target) ? [{ tier: 'never', why: 'It is the hash of an empty file.' }] : [];
    case 'host':
      return judgeMachine(value, kept, guard.hosts);
    case 'email':
      return UNREADABLE;
    default:
      return UNREADABLE;
  }
}

const UNREADABLE: readonly GuardFinding[] = [{ tier: 'never', why: 'It cannot be read.' }];

/** Many systems can only block the whole host of a URL, so it is judged as if they did. */
function judgeUrl(value: string, kept: Protected, guard: Guard): readonly GuardFinding[] {
  const host = URL.parse(value)?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  const isAddress = readIpv4(host) !== null || readIpv6(host) !== null;
  return isAddress ? judgeNetworkText(host, kept, guard) : judgeName(host, kept, guard.allowDocumentationRanges);
}

function judgeNetworkText(text: string, kept: Protected, guard: Guard): readonly GuardFinding[] {
  const network = readNetwork(text);
  return network ? judgeNetwork(network, kept, guard.allowDocumentationRanges) : UNREADABLE;
}

/** All lists of a tier in one sentence: google.com is on a dozen, and a card has few lines. */
function toFindings(tier: GuardTier, hits: readonly ListHit[]): readonly GuardFinding[] {
  const titles = hits.filter((hit) => hit.tier === tier).map(({ title }) => `“${title}”`);
  if (titles.length === 0) return [];
  const more = titles.length > LISTS_SHOWN ? ` and ${titles.length - LISTS_SHOWN} more` : '';
  const word = titles.length === 1 ? 'the warning list' : 'warning lists';
  return [{ tier, why: `It is on ${word} ${titles.slice(0, LISTS_SHOWN).join(', ')}${more}.` }];
}
