/** Traffic Light Protocol 2.0 (https://www.first.org/tlp/), from free to closed. */
export const TLPS = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const;
export type Tlp = (typeof TLPS)[number];

/** Permissible Actions Protocol (MISP taxonomy PAP v3), from free to closed. */
export const PAPS = ['CLEAR', 'GREEN', 'AMBER', 'RED'] as const;
type Pap = (typeof PAPS)[number];

/** Who may learn of an observable (TLP) and what may be done with it (PAP). Vendors' numbers differ: map by name. */
export type Markings = { readonly tlp: Tlp; readonly pap: Pap };

export const DEFAULT_MARKINGS: Markings = { tlp: 'AMBER', pap: 'GREEN' };

/**
 * What an act reveals, and to whom:
 * `own` stays inside; `hash_lookup` and `reputation_lookup` tell a third party that we hold or saw the value;
 * `touches_target` can be noticed by the target; `public_upload` publishes; `containment` changes the world.
 */
export type Exposure =
  | 'own'
  | 'hash_lookup'
  | 'reputation_lookup'
  | 'touches_target'
  | 'private_sandbox'
  | 'public_upload'
  | 'containment';

const LIMITS: Record<Exposure, Markings> = {
  own: { tlp: 'RED', pap: 'RED' },
  hash_lookup: { tlp: 'AMBER', pap: 'AMBER' },
  reputation_lookup: { tlp: 'AMBER', pap: 'AMBER' },
  touches_target: { tlp: 'RED', pap: 'GREEN' },
  private_sandbox: { tlp: 'AMBER+STRICT', pap: 'AMBER' },
  public_upload: { tlp: 'CLEAR', pap: 'GREEN' },
  containment: { tlp: 'RED', pap: 'GREEN' },
};

/**
 * Why the markings forbid an act of this exposure, in words for a card; null when they allow it. A marking that we do not
 * know, as an older or newer version may have written it, forbids.
 */
export function objectionToExposure(markings: Markings, exposure: Exposure): string | null {
  const limit = LIMITS[exposure];
  if (!isPap(markings.pap) || PAPS.indexOf(markings.pap) > PAPS.indexOf(limit.pap))
    return `PAP:${markings.pap} forbids it`;
  if (!isTlp(markings.tlp) || TLPS.indexOf(markings.tlp) > TLPS.indexOf(limit.tlp))
    return `TLP:${markings.tlp} forbids it`;
  return null;
}

/** Whether content under these markings must stay out of a Telegram chat, which lies in a cloud: RED always must. */
export function isWithheld({ tlp }: Markings, telegramMaxTlp: Tlp): boolean {
  return tlp === 'RED' || TLPS.indexOf(tlp) > TLPS.indexOf(telegramMaxTlp);
}

/** Reads `tlp:amber`, `TLP:AMBER+STRICT`, `pap:white` and the like; WHITE is the old name of CLEAR. Null if it is none. */
export function parseMarking(token: string): Partial<Markings> | null {
  const match = /^(tlp|pap):([a-z+]+)$/i.exec(token);
  if (!match) return null;
  const name = (match[2] ?? '').toUpperCase().replace(/^WHITE$/, 'CLEAR');
  if (match[1]?.toLowerCase() === 'tlp') return isTlp(name) ? { tlp: name } : null;
  return isPap(name) ? { pap: name } : null;
}

/** Of several markings the most closed of each kind; a kind that none of them names is left out. */
export function closerMarkings(all: readonly Partial<Markings>[]): Partial<Markings> {
  const tlp = TLPS.findLast((name) => all.some((one) => one.tlp === name));
  const pap = PAPS.findLast((name) => all.some((one) => one.pap === name));
  return { ...(tlp === undefined ? {} : { tlp }), ...(pap === undefined ? {} : { pap }) };
}

/** The closer of two, for each of the protocols. */
export function closerOf(one: Markings, other: Markings): Markings {
  return { ...one, ...closerMarkings([one, other]) };
}

/** Whether the first markings let more people know, or more be done, than the second. */
export function isMoreOpen(one: Markings, other: Markings): boolean {
  return TLPS.indexOf(one.tlp) < TLPS.indexOf(other.tlp) || PAPS.indexOf(one.pap) < PAPS.indexOf(other.pap);
}

/**
 * How far a tap may open what was written: what somebody closed beyond the usual stays closed, since a tap is easily
 * made by mistake.
 */
export function mostOpen(written: Markings, usual: Markings): Markings {
  return {
    tlp: TLPS.indexOf(written.tlp) > TLPS.indexOf(usual.tlp) ? written.tlp : 'CLEAR',
    pap: PAPS.indexOf(written.pap) > PAPS.indexOf(usual.pap) ? written.pap : 'CLEAR',
  };
}

function isTlp(name: string): name is Tlp {
  return (TLPS as readonly string[]).includes(name);
}

function isPap(name: string): name is Pap {
  return (PAPS as readonly string[]).includes(name);
}
