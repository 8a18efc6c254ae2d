import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { objectionToAuditKey, openAuditKey, readAuditKey } from '#config/audit-key.ts';
import { openSigningKey } from '#config/signing-key.ts';
import { Secret } from '#domain/secret.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';

describe('the key of the audit', () => {
  it('is made once, for its owner alone, and is not the one that signs buttons', () => {
    const dataDir = join(createScratchDirectory(), 'data');

    const key = openAuditKey(dataDir);

    expect(openAuditKey(dataDir).reveal()).toBe(key.reveal());
    expect(statSync(join(dataDir, 'audit.key')).mode & 0o777).toBe(0o600);
    expect(openSigningKey(dataDir).reveal()).not.toBe(key.reveal());
  });

  it('is not made by whoever only reads it', () => {
    const dataDir = createScratchDirectory();

    expect(readAuditKey(dataDir)).toBeNull();

    expect(existsSync(join(dataDir, 'audit.key'))).toBe(false);
    expect(openAuditKey(dataDir).reveal()).toBe(readAuditKey(dataDir)?.reveal());
  });

  it('is not believed where its file holds something else', () => {
    const dataDir = createScratchDirectory();
    writeFileSync(join(dataDir, 'audit.key'), 'secret\n');

    expect(() => openAuditKey(dataDir)).toThrow('audit.key holds no key of 32 random bytes');
    expect(readFileSync(join(dataDir, 'audit.key'), 'utf8')).toBe('secret\n');
  });

  it.each([
    [Buffer.alloc(32, 7).toString('base64'), 'is not a key of 32 random bytes'],
    [Buffer.from(Array.from({ length: 33 }, (_, n) => n)).toString('base64'), 'is longer than 32 bytes'],
    ['', 'is not a key'],
  ])('has to be 32 bytes of chance: %j', (text, objection) => {
    expect(objectionToAuditKey(new Secret(text))).toContain(objection);
  });
});
