import { z } from 'zod';
import { parseDuration } from '#domain/duration.ts';
import { DEFAULT_MARKINGS, parseMarking } from '#domain/marking.ts';
import { ROLES } from '#domain/person.ts';
import { networkOf, objectionToNetwork } from './network.ts';
import { objectionToGroupId, objectionToPersonId } from './telegram-id.ts';

const DAY_MS = 86_400_000;

/** Milliseconds, written like `30m`; between two limits, which are written the same way. */
function durationBetween(least: string, most: string, example: string) {
  const leastMs = parseDuration(least) ?? 0;
  const mostMs = parseDuration(most) ?? 0;
  return z.unknown().transform((value, context): number => {
    const durationMs = typeof value === 'string' ? parseDuration(value) : null;
    if (durationMs !== null && durationMs >= leastMs && durationMs <= mostMs) return durationMs;
    const what = durationMs === null ? 'is not a duration' : 'is too short or too long';
    context.addIssue(`${what}; write a time from ${least} to ${most}, such as ${example}`);
    return z.NEVER;
  });
}

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
  role: z.enum(ROLES, {
    error: ({ input }) => `${input === undefined ? 'is missing' : 'is not a role'}; write ${ROLES.join(', ')}`,
  }),
  telegram: z.preprocess(
    (value) => (Array.isArray(value) ? value : [value]),
    z.array(PersonId).min(1, objectionToPersonId(undefined) ?? ''),
  ),
});

/** What `socbot.yaml` may hold. Everything may be left out; an empty list of people means that nobody is heard. */
export const FileSettings = z.strictObject({
  people: z.record(z.string(), PersonEntry).default({}),
  groups: z.record(z.string(), GroupId).default({}),
  auditChat: z.string('is not the name of a group; write it as it stands under groups').optional(),
  ownNetworks: z.array(Network).default([]),
  policy: z
    .strictObject({
      approvalLife: durationBetween('1s', '24h', '30m').default(30 * 60_000),
      executionWindow: durationBetween('1s', '24h', '10m').default(10 * 60_000),
      defaultBlock: durationBetween('1s', '30d', '4h').default(4 * 3_600_000),
      longestBlock: durationBetween('1s', '30d', '24h').default(DAY_MS),
    })
    .prefault({}),
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
