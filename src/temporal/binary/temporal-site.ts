import { join } from 'node:path';
import { z } from 'zod';
import { extractFromTarGz } from '#temporal/binary/archive.ts';
import { downloadFile } from '#temporal/binary/download.ts';
import type { BinarySource } from '#temporal/binary/source.ts';
import type { Platform } from '#temporal/pins.ts';

const NAMES: Readonly<Record<Platform, string>> = {
  'linux-x64': 'platform=linux&arch=amd64',
  'linux-arm64': 'platform=linux&arch=arm64',
  'darwin-x64': 'platform=darwin&arch=amd64',
  'darwin-arm64': 'platform=darwin&arch=arm64',
};

const DOWNLOAD = z.object({ archiveUrl: z.url({ protocol: /^https?$/ }), fileToExtract: z.string().min(1) });

/**
 * Temporal's own download site, asked as the official SDKs ask it: `/<name>/<version>?platform=…&arch=…` answers where
 * the archive is and which file in it is the program
 * (https://github.com/temporalio/sdk-core, `ephemeral_server`).
 */
export function createTemporalSite(baseUrl = 'https://temporal.download'): BinarySource {
  return {
    name: new URL(baseUrl).host,
    async fetchBinary({ tool, platform, toFile, scratchDir, onProgress }) {
      const url = `${baseUrl}/${tool.downloadName}/v${tool.version}?${NAMES[platform]}&format=tar.gz`;
      const answer = await fetch(url, { signal: AbortSignal.timeout(15_000) });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const download = DOWNLOAD.parse(await answer.json());
      const archive = join(scratchDir, 'archive.tar.gz');
      await downloadFile({
        url: download.archiveUrl,
        toFile: archive,
        maxBytes: tool.pins[platform].binary.bytes,
        onBytes: (receivedBytes, totalBytes) => onProgress({ source: this.name, receivedBytes, totalBytes }),
      });
      await extractFromTarGz(archive, download.fileToExtract, toFile);
    },
  };
}
