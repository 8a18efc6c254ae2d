import { renderDuration } from '#domain/duration.ts';
import { TLPS } from '#domain/marking.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { FileSettings } from './file-settings.ts';
import type { Flaw } from './people.ts';

/** The people who may approve what somebody asks for: every other responder. */
function approversFor(people: readonly Person[], requester: string): readonly Person[] {
  return people.filter((person) => person.name !== requester && hasRole(person, 'responder'));
}

/**
 * What the settings of a file make impossible together. `canContain` says whether there is anything to approve at all:
 * a team that only looks things up needs no approver.
 */
export function flawsInPolicy(settings: FileSettings, people: readonly Person[], canContain: boolean): readonly Flaw[] {
  const { policy, markings } = settings;
  const flaws: Flaw[] = [];
  if (policy.defaultBlock > policy.longestBlock) {
    const longest = renderDuration(policy.longestBlock);
    flaws.push({ path: ['policy', 'defaultBlock'], text: `is longer than longestBlock; write ${longest} or less` });
  }
  if (markings.telegramMaxTlp === 'RED') {
    const text = 'must not be RED, which is for recipients in the room; write AMBER+STRICT or less';
    flaws.push({ path: ['markings', 'telegramMaxTlp'], text });
  }
  if (TLPS.indexOf(markings.tlp) > TLPS.indexOf(markings.telegramMaxTlp)) {
    const text = `is above telegramMaxTlp, so no request could be answered; write ${markings.telegramMaxTlp} or less`;
    flaws.push({ path: ['markings', 'tlp'], text });
  }
  if (settings.auditChat !== undefined && settings.groups[settings.auditChat] === undefined) {
    const names = Object.keys(settings.groups);
    const way = names.length === 0 ? 'put the group there' : `write one of these: ${names.join(', ')}`;
    flaws.push({ path: ['auditChat'], text: `is no group under groups; ${way}` });
  }
  const objection = canContain ? objectionToPeople(people) : null;
  return objection === null ? flaws : [...flaws, { path: ['people'], text: objection }];
}

/** Why nobody could ever approve anything; null if some request of somebody can be approved. */
function objectionToPeople(people: readonly Person[]): string | null {
  const requesters = people.filter((person) => hasRole(person, 'analyst'));
  if (requesters.some(({ name }) => approversFor(people, name).length > 0)) return null;
  const missing =
    requesters.length === 0 ? 'nobody may ask for a block' : 'nobody may approve what another person asks for';
  return `is a policy that nobody can satisfy: ${missing}; write one person with role: analyst or higher, and another with role: responder or admin`;
}
