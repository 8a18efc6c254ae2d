import { z } from 'zod';
import { CONTAINMENT_ACTIONS } from '#domain/containment.ts';
import { TIERS } from '#domain/policy.ts';
import { durationBetween } from './duration-setting.ts';
import { RoleName } from './role-setting.ts';

const Count = (most: number) =>
  z
    .unknown()
    .refine(
      (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most,
      `is not a number of people or machines; write a whole number from 1 to ${most}`,
    )
    .transform(Number);

const YesNo = z.boolean('is neither true nor false; write one of them');

/** One rule as the file writes it: what is left out is as SocBot has it. */
const RuleEntry = z
  .strictObject({
    ask: RoleName,
    approve: RoleName,
    approvals: Count(5),
    code: YesNo,
    reason: YesNo,
    life: durationBetween('1s', '24h', '30m'),
    window: durationBetween('1s', '24h', '10m'),
    longest: durationBetween('1s', '30d', '24h'),
    escalateTo: RoleName,
    emergency: YesNo,
  })
  .partial();
export type RuleEntry = z.output<typeof RuleEntry>;

const TierEntries = z.partialRecord(z.enum(TIERS), RuleEntry);

/** What `policy` may hold. */
export const PolicySettings = z.strictObject({
  approvalLife: durationBetween('1s', '24h', '30m').optional(),
  executionWindow: durationBetween('1s', '24h', '10m').optional(),
  defaultBlock: durationBetween('1s', '30d', '4h').default(4 * 3_600_000),
  defaultIsolation: durationBetween('1s', '30d', '24h').default(24 * 3_600_000),
  longestBlock: durationBetween('1s', '30d', '24h').optional(),
  rules: z.partialRecord(z.enum(CONTAINMENT_ACTIONS), TierEntries).default({}),
  limits: z
    .strictObject({ perPerson: Count(1_000), inAll: Count(10_000), isolated: Count(10_000), fleet: Count(10_000_000) })
    .partial()
    .prefault({}),
});
export type PolicySettings = z.output<typeof PolicySettings>;
