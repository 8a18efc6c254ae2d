import { z } from 'zod';
import { Secret } from '#domain/secret.ts';

/**
 * A key or token: neither empty nor blank, nor with a line break or another control character inside, which no header
 * can carry. Space around it (a file's last line break) is taken off.
 */
export const SecretText = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .regex(/^[^\p{Cc}]+$/u, 'must not hold a line break or another control character')
  .transform((text) => new Secret(text));

/** Scheme, host and perhaps a path prefix; a name or password in it would end up in logs, a query would be lost. */
export const ServiceUrl = z.url({ protocol: /^https?$/ }).refine((text) => {
  const url = URL.parse(text);
  return url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}, 'must be scheme, host and path only');

/** `true` or `false`, for a service without a key: to ask a third party is a choice. */
export const Switch = z.enum(['true', 'false']).transform((text) => text === 'true');

/** How many calls a key may make in some time: a whole number of at least one. */
export const CallLimit = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'must be a whole number of at least 1')
  .transform(Number);
