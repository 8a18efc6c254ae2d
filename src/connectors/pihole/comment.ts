import { z } from 'zod';
import type { Hold } from '#domain/responder.ts';
import { visibleText } from '#domain/visible-text.ts';

/** What the comment of an entry of SocBot's says. */
export type LeaseComment = Pick<Hold, 'leaseId' | 'until' | 'digest' | 'by'>;

const SHAPE =
  /^SocBot: lease (?<leaseId>[A-Za-z0-9-]{1,64}) until (?<until>\S{20,24}), digest (?<digest>[0-9a-f]{4} [0-9a-f]{4}), by (?<by>.{1,64})$/u;

const LeaseComment = z.object({ leaseId: z.string(), until: z.iso.datetime(), digest: z.string(), by: z.string() });

const LONGEST_NAME = 64;

/** The comment that ties an entry to its lease. The requester's name stands last: it may hold anything but what hides. */
export function composeComment({ leaseId, until, digest, by }: LeaseComment): string {
  const end = new Date(until).toISOString();
  return `SocBot: lease ${leaseId} until ${end}, digest ${digest}, by ${visibleText(by, LONGEST_NAME) || 'nobody'}`;
}

/** Reads a comment; null unless it is, letter for letter, one that `composeComment` makes: then it is somebody else's. */
export function parseComment(comment: string | null): LeaseComment | null {
  const parsed = LeaseComment.safeParse(SHAPE.exec(comment ?? '')?.groups);
  return parsed.success && composeComment(parsed.data) === comment ? parsed.data : null;
}
