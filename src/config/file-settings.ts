import { z } from 'zod';
import { ToolSettings } from '#connectors/own-tool/index.ts';
import { DEFAULT_MARKINGS, parseMarking } from '#domain/marking.ts';
import { durationBetween } from './duration-setting.ts';
import { networkOf, objectionToNetwork } from './network.ts';
import { DomainName, HostEntry } from './own-settings.ts';
import { PolicySettings } from './policy-settings.ts';
import { RoleName } from './role-setting.ts';
import { objectionToGroupId, objectionToPersonId } from './telegram-id.ts';

const PersonId = z.unknown().transform((value, context): number => {
  const objection = objectionToPersonId(value);
  if (objection === null) return Number(value);
  context.addIssue(objection);
  return z.NEVER;
});

const GroupId = z.unknown().transform((value, context): number => {
  const objection = objectionToGroupId(value);
  if (objection === null) return Number(value);
  context.addIssue(objection);
  return z.NEVER;
});

const Network = z.string('is not a network; write it like 203.0.113.0/24').transform((text, context): string => {
  const objection = objectionToNetwork(text);
  if (objection === null) return networkOf(text);
  context.addIssue(objection);
  return z.NEVER;
});

const TlpName = z.unknown().transform((value, context) => {
  const tlp = parseMarking(`tlp:${String(value)}`)?.tlp;
  if (tlp !== undefined) return tlp;
  context.addIssue('is not a TLP; write CLEAR, GREEN, AMBER, AMBER+STRICT or RED');
  return z.NEVER;
});

const PapName = z.unknown().transform((value, context) => {
  const pap = parseMarking(`pap:${String(value)}`)?.pap;
  if (pap !== undefined) return pap;
  context.addIssue('is not a PAP; write CLEAR, GREEN, AMBER or RED');
  return z.NEVER;
});

const PersonEntry = z.strictObject({
  role: RoleName,
  /** May be left out: an invite binds an account to the person then. */
  telegram: z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z
      .array(PersonId)
      .min(1, objectionToPersonId(undefined) ?? '')
      .optional(),
  ),
});

/** What `socbot.yaml` may hold. Everything may be left out; an empty list of people means that nobody is heard. */
export const FileSettings = z.strictObject({
  people: z.record(z.string(), PersonEntry).default({}),
  groups: z.record(z.string(), GroupId).default({}),
  auditChat: z.string('is not the name of a group; write it as it stands under groups').optional(),
  ownNetworks: z.array(Network).default([]),
  ownDomains: z.array(DomainName).default([]),
  hosts: z.record(z.string(), HostEntry).default({}),
  tools: ToolSettings.default({}),
  policy: PolicySettings.prefault({}),
  lookUps: z
    .strictObject({
      reuse: durationBetween('1s', '7d', '15m').default(15 * 60_000),
      firstCard: durationBetween('100ms', '10s', '1500ms').default(1500),
    })
    .prefault({}),
  markings: z
    .strictObject({
      tlp: TlpName.default(DEFAULT_MARKINGS.tlp),
      pap: PapName.default(DEFAULT_MARKINGS.pap),
      telegramMaxTlp: TlpName.default('AMBER'),
    })
    .prefault({}),
});
export type FileSettings = z.output<typeof FileSettings>;
