import { z } from 'zod';
import { ROLES } from '#domain/person.ts';

/** A role as `socbot.yaml` names it. */
export const RoleName = z.enum(ROLES, {
  error: ({ input }) => `${input === undefined ? 'is missing' : 'is not a role'}; write ${ROLES.join(', ')}`,
});
