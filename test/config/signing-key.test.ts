import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { keyBytesOf, openSigningKey } from '#config/signing-key.ts';
import { Secret } from '#domain/secret.ts';
import { createFolder, load, refusalOf, SIGNING_KEY } from './load-texts.ts';

describe('openSigningKey', () => {
  it('makes a key that only its owner can read, and gives the same one again', () => {
    const dataDir = join(createFolder(), 'a', 'b');

    const first = openSigningKey(dataDir);
    const second = openSigningKey(dataDir);

    expect(keyBytesOf(first)).toHaveLength(32);
    expect(second.reveal()).toBe(first.reveal());
    expect(statSync(join(dataDir, 'signing.key')).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(readdirSync(dataDir)).toEqual(['signing.key']);
  });

  it('makes another key for another directory', () => {
    expect(openSigningKey(createFolder()).reveal()).not.toBe(openSigningKey(createFolder()).reveal());
  });

  it('gives one key to many processes that start at once', async () => {
    const dataDir = createFolder();
    const script = `
      import { openSigningKey } from ${JSON.stringify(join(import.meta.dirname, '../../src/config/signing-key.ts'))};
      process.stdout.write(openSigningKey(${JSON.stringify(dataDir)}).reveal());`;
    const keys = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
        const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
        return output;
      }),
    );

    expect(new Set(keys)).toEqual(new Set([readFileSync(join(dataDir, 'signing.key'), 'utf8').trim()]));
  });

  it.each(['', 'short', '\n'])('refuses a key file that holds %j, and leaves it as it is', (content) => {
    const cwd = createFolder();
    mkdirSync(join(cwd, 'data'));
    writeFileSync(join(cwd, 'data', 'signing.key'), content);

    expect(refusalOf({ cwd })).toBe(
      `${cwd}/data/signing.key: the signing key cannot be read or made (it holds no key of 32 bytes); give a data directory that SocBot may write, or SOCBOT_KEY`,
    );
    expect(readFileSync(join(cwd, 'data', 'signing.key'), 'utf8')).toBe(content);
  });

  it('says so when the data directory is a file', () => {
    const cwd = createFolder();
    writeFileSync(join(cwd, 'data'), '');

    expect(refusalOf({ cwd })).toMatch(/signing\.key: the signing key cannot be read or made \(ENOTDIR\); /);
  });
});

describe('keyBytesOf', () => {
  it('reads hex and both kinds of base64', () => {
    const hex = Buffer.from(SIGNING_KEY, 'base64').toString('hex');
    const url = Buffer.from(hex, 'hex').toString('base64url');

    const bytes = [SIGNING_KEY, hex, hex.toUpperCase(), url].map((key) => Buffer.from(keyBytesOf(new Secret(key))));

    expect(bytes.every((key) => key.equals(Buffer.from(hex, 'hex')))).toBe(true);
  });

  it('needs no file when the key is given', () => {
    const cwd = createFolder();

    expect(load({ dotenv: `SOCBOT_KEY=${SIGNING_KEY}`, cwd }).signingKey.reveal()).toBe(SIGNING_KEY);
    expect(readdirSync(cwd)).toEqual([]);
  });
});
