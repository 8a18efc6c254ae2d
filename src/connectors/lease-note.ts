import type { Hold } from '#domain/responder.ts';
import { visibleText } from '#domain/visible-text.ts';

/** What SocBot writes beside an entry in a system that has room for a remark, so that its list tells whose it is. */
export type LeaseNote = {
  readonly leaseId: string;
  /** ISO 8601, UTC. */
  readonly until: string;
  readonly digest: string;
  readonly by: string;
};

const NOTE =
  /^SocBot lease=([A-Za-z0-9-]{1,64}) until=(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2}\.\d{3})Z digest=([0-9a-f ]{1,40}) by=([^\p{Cc}:"]{0,64})$/u;
const LONGEST_NAME = 64;

/** One line without a colon or a quotation mark, which not every system's remark can hold. */
export function writeLeaseNote({ leaseId, until, digest, by }: Hold): string {
  const instant = new Date(until).toISOString().replaceAll(/[-:]/g, '');
  const name = visibleText(by.replaceAll(/[:"]/g, ' '), LONGEST_NAME);
  return `SocBot lease=${leaseId} until=${instant} digest=${digest} by=${name}`;
}

/** Reads exactly what `writeLeaseNote` writes; null for anything else, which is somebody else's. */
export function readLeaseNote(text: string | null | undefined): LeaseNote | null {
  const match = NOTE.exec(text ?? '');
  if (!match) return null;
  const [, leaseId = '', year, month, day, hours, minutes, seconds, digest = '', by = ''] = match;
  const until = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(until.getTime()) ? null : { leaseId, until: until.toISOString(), digest, by };
}
