import { openAuditKey, readAuditKey } from '#config/audit-key.ts';
import type { Config } from '#config/config.ts';
import { keyBytesOf } from '#config/signing-key.ts';
import { type AuditKey, auditKeyOf } from '#store/checkpoints/audit-key.ts';

type Place = Pick<Config, 'dataDir'>;

/** The key that signs this SocBot's checkpoints; made at the first use. */
export function openAuditKeyOf({ dataDir }: Place): AuditKey {
  return auditKeyOf(keyBytesOf(openAuditKey(dataDir)));
}

/** The same; null where nothing was ever signed. Makes nothing. */
export function readAuditKeyOf({ dataDir }: Place): AuditKey | null {
  const key = readAuditKey(dataDir);
  return key === null ? null : auditKeyOf(keyBytesOf(key));
}
