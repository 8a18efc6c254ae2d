import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '#domain/secret.ts';

describe('a secret', () => {
  const secret = new Secret('canary');

  it('is given away only on purpose', () => {
    expect(secret.reveal()).toBe('canary');
  });

  it('is not printed', () => {
    const printed = [
      String(secret),
      ''.concat(String(secret), secret.toString()),
      JSON.stringify({ secret }),
      inspect({ secret }, { depth: null, showHidden: true }),
      Object.values(secret).join(),
    ];

    expect(printed.join()).not.toContain('canary');
    expect(printed[0]).toBe('[redacted]');
  });
});
