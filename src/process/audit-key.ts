import { openAuditKey, readAuditKey } from '#config/audit-key.ts';
import type { Config } from '#config/config.ts';
import { keyBytesOf } from '#config/signing-key.ts';
import { type AuditKey, auditKeyOf } from '#store/checkpoints/audit-key.ts';

type Place = Pick<Config, 'auditKey' | 'dataDir'>;

/** The key that signs this SocBot's checkpoints: the given one, or that of the data directory, made at the first use. */
export function openAuditKeyOf({ auditKey, dataDir }: Place): AuditKey {
  return auditKeyOf(keyBytesOf(auditKey ?? openAuditKey(dataDir)));
}

/** The same; null where nothing was ever signed. Makes nothing. */
export function readAuditKeyOf({ auditKey, dataDir }: Place): AuditKey | null {
  const key = auditKey ?? readAuditKey(dataDir);
  return key === null ? null : auditKeyOf(keyBytesOf(key));
}
