import { Secret as TotpSecret, TOTP } from 'otpauth';

const PERIOD_MS = 30_000;
/** Clocks of phones may be a step off (RFC 6238, 6). */
const WINDOW = 1;

/** The codes of a secret (base32), as every authenticator makes them: six digits, thirty seconds, SHA-1 (RFC 6238). */
export function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({ issuer: 'SocBot', label, secret: TotpSecret.fromBase32(secret), period: PERIOD_MS / 1000 });
}

/** A new secret of 160 bits, as RFC 4226 recommends; base32. */
export function newTotpSecret(): string {
  return new TotpSecret({ size: 20 }).base32;
}

/**
 * The steps of thirty seconds around a moment (ms) whose code this is, the earliest first; none for a wrong code. Two steps
 * may by chance have one code.
 */
export function stepsOf(code: string, secret: string, nowMs: number): readonly number[] {
  const totp = totpOf(secret);
  const present = Math.floor(nowMs / PERIOD_MS);
  const steps = Array.from({ length: 2 * WINDOW + 1 }, (_, n) => present - WINDOW + n);
  return steps.filter((step) => totp.validate({ token: code, timestamp: step * PERIOD_MS, window: 0 }) !== null);
}
