import { describe, expect, it } from 'vitest';
import { type Exposure, type Markings, objectionToExposure, PAPS, parseMarking, TLPS } from '#domain/marking.ts';

/** What is allowed, read aloud: the most closed TLP and PAP under which an act may still happen. */
function limitsOf(exposure: Exposure): string {
  const allowed = (tlp: (typeof TLPS)[number], pap: (typeof PAPS)[number]) =>
    objectionToExposure({ tlp, pap }, exposure) === null;
  const tlp = TLPS.findLast((one) => allowed(one, 'CLEAR'));
  const pap = PAPS.findLast((one) => allowed('CLEAR', one));
  return `TLP:${tlp} PAP:${pap}`;
}

describe('objectionToExposure', () => {
  it.each<[Exposure, string]>([
    ['own', 'TLP:RED PAP:RED'],
    ['hash_lookup', 'TLP:AMBER PAP:AMBER'],
    ['reputation_lookup', 'TLP:AMBER PAP:AMBER'],
    ['touches_target', 'TLP:RED PAP:GREEN'],
    ['private_sandbox', 'TLP:AMBER+STRICT PAP:AMBER'],
    ['public_upload', 'TLP:CLEAR PAP:GREEN'],
    ['containment', 'TLP:RED PAP:GREEN'],
  ])('allows %s up to %s', (exposure, limits) => {
    expect(limitsOf(exposure)).toBe(limits);
  });

  it.each<Exposure>([
    'own',
    'hash_lookup',
    'reputation_lookup',
    'touches_target',
    'private_sandbox',
    'public_upload',
    'containment',
  ])('never allows %s under closer markings than it forbids it', (exposure) => {
    for (const [tlpAt, tlp] of TLPS.entries()) {
      for (const [papAt, pap] of PAPS.entries()) {
        if (objectionToExposure({ tlp, pap }, exposure) !== null) continue;
        for (const freer of TLPS.slice(0, tlpAt + 1)) {
          for (const laxer of PAPS.slice(0, papAt + 1)) {
            expect(objectionToExposure({ tlp: freer, pap: laxer }, exposure)).toBeNull();
          }
        }
      }
    }
  });

  it('forbids under a marking that it does not know, as another version may have written it', () => {
    const unknown = JSON.parse('[{"tlp":"PURPLE","pap":"CLEAR"},{"tlp":"CLEAR","pap":"clear"},{}]') as Markings[];

    expect(unknown.map((markings) => objectionToExposure(markings, 'own'))).toEqual([
      'TLP:PURPLE forbids it',
      'PAP:clear forbids it',
      'PAP:undefined forbids it',
    ]);
  });

  it('names the marking that forbids it', () => {
    expect(objectionToExposure({ tlp: 'RED', pap: 'GREEN' }, 'hash_lookup')).toBe('TLP:RED forbids it');
    expect(objectionToExposure({ tlp: 'CLEAR', pap: 'AMBER' }, 'containment')).toBe('PAP:AMBER forbids it');
    expect(objectionToExposure({ tlp: 'RED', pap: 'RED' }, 'public_upload')).toBe('PAP:RED forbids it');
  });
});

describe('parseMarking', () => {
  it.each([
    ['tlp:amber', { tlp: 'AMBER' }],
    ['TLP:AMBER+STRICT', { tlp: 'AMBER+STRICT' }],
    ['Tlp:White', { tlp: 'CLEAR' }],
    ['tlp:red', { tlp: 'RED' }],
    ['pap:white', { pap: 'CLEAR' }],
    ['PAP:red', { pap: 'RED' }],
  ])('reads %s', (token, marking) => {
    expect(parseMarking(token)).toEqual(marking);
  });

  it.each([
    '',
    'tlp',
    'tlp:',
    'tlp:purple',
    'pap:amber+strict',
    'tlp:amber ',
    ' tlp:amber',
    'tlp:amber\n',
    'xtlp:red',
    'tlp:red,pap:red',
    'tlp:constructor',
    'tlp：red',
  ])('reads nothing in %j', (token) => {
    expect(parseMarking(token)).toBeNull();
  });
});
