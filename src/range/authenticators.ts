import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newTotpSecret, totpOf } from '#store/one-time-codes.ts';
import type { Store } from '#store/open-store.ts';
import { RANGE_ROLES } from './settings.ts';
import { DEFAULT_PEOPLE } from './telegram/defaults.ts';

/** The code that somebody's simulated authenticator shows now, and until when (ISO 8601). */
export type ShownCode = { readonly code: string; readonly until: string };

/** The simulated authenticators of those who may approve. */
export type Authenticators = {
  /** What each shows now, by Telegram user id. */
  codes(): Readonly<Record<string, ShownCode>>;
};

const PERIOD_MS = 30_000;

/**
 * Gives everybody in the range who may approve an authenticator, as `socbot enrol` would. The secrets lie beside the rest of
 * the range's world: what is simulated protects nothing.
 */
export async function openAuthenticators(
  dataDir: string,
  store: Store,
  keys: readonly Uint8Array[],
): Promise<Authenticators> {
  const { secrets, isNew } = readSecrets(join(dataDir, 'range', 'authenticators.json'));
  const factors = store.secondFactors(keys);
  const enrolled = isNew ? [] : (await factors.listEnrolled()).map(({ person }) => person);
  for (const [name, secret] of Object.entries(secrets)) {
    if (!enrolled.includes(name)) await factors.enrol(name, secret, new Date().toISOString());
  }
  return {
    codes: () => {
      const until = new Date((Math.floor(Date.now() / PERIOD_MS) + 1) * PERIOD_MS).toISOString();
      return Object.fromEntries(
        DEFAULT_PEOPLE.flatMap(({ id, name }) => {
          const secret = secrets[name];
          return secret === undefined ? [] : [[String(id), { code: totpOf(secret).generate(), until }]];
        }),
      );
    },
  };
}

function readSecrets(file: string): { readonly secrets: Readonly<Record<string, string>>; readonly isNew: boolean } {
  try {
    return { secrets: JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>, isNew: false };
  } catch {
    const names = Object.keys(RANGE_ROLES).filter((name) => RANGE_ROLES[name] !== 'analyst');
    const secrets = Object.fromEntries(names.map((name) => [name, newTotpSecret()]));
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
    return { secrets, isNew: true };
  }
}
