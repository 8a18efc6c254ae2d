import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { downloadFile, reasonOf } from '#temporal/binary/download.ts';
import { cutInTheMiddle, startReleaseServer } from './release-server.ts';

const BODY = Buffer.alloc(100_000, 'a');

describe('fetching one URL into a file', () => {
  it('writes the body and tells how far it has come', async () => {
    await using server = await startReleaseServer(() => ({ '/file': BODY }));
    const toFile = join(createScratchDirectory(), 'file');
    const seen: (number | null)[] = [];

    await downloadFile({
      url: `${server.url}/file`,
      toFile,
      maxBytes: BODY.length,
      onBytes: (received, total) => seen.push(received, total),
    });

    expect(readFileSync(toFile).equals(BODY)).toBe(true);
    expect(seen.slice(-2)).toEqual([BODY.length, BODY.length]);
  });

  it('fails when the body is cut short', async () => {
    await using server = await startReleaseServer(() => ({ '/file': cutInTheMiddle(BODY) }));
    const toFile = join(createScratchDirectory(), 'file');

    const fetching = downloadFile({ url: `${server.url}/file`, toFile, maxBytes: BODY.length });

    const reason = await fetching.then(() => null, reasonOf);
    expect(reason).toMatch(/^cut off: /);
  });

  it('fails as soon as more arrives than was expected', async () => {
    await using server = await startReleaseServer(() => ({ '/file': BODY }));
    const toFile = join(createScratchDirectory(), 'file');

    const fetching = downloadFile({ url: `${server.url}/file`, toFile, maxBytes: 10 });

    await expect(fetching).rejects.toThrow('more than the 10 bytes that were expected');
  });

  it('fails when the other side falls silent in the middle', async () => {
    await using server = await startReleaseServer(() => ({
      '/file': (_request, response) => void response.writeHead(200, { 'content-length': 10 }).write('abc'),
    }));
    const toFile = join(createScratchDirectory(), 'file');

    const fetching = downloadFile({ url: `${server.url}/file`, toFile, maxBytes: 10, idleMs: 50 });

    await expect(fetching).rejects.toThrow('no byte for 50 ms');
  });

  it('fails with the status when it is not 200', async () => {
    await using server = await startReleaseServer(() => ({}));
    const toFile = join(createScratchDirectory(), 'file');

    const fetching = downloadFile({ url: `${server.url}/file`, toFile, maxBytes: 10 });

    await expect(fetching).rejects.toThrow('HTTP 404');
  });
});
