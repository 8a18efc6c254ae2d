import { execFileSync } from 'node:child_process';
import { chmodSync, createReadStream, createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { chromium as playwright } from 'playwright-core';
import type { Browser } from 'playwright-core';

/**
 * Starts a real browser for a test: the one that `CHROMIUM` names, else the Chromium in the npm package
 * `@sparticuz/chromium`, unpacked once per machine and version. Where the machine has no NSS libraries or no fonts, it
 * gets those that come in the package. Throws an Error that says how to supply a browser when none starts.
 */
export async function launchBrowser(): Promise<Browser> {
  const chosen = process.env['CHROMIUM'];
  const { executable, env } = chosen ? { executable: chosen, env: {} } : await unpackOnce();
  try {
    return await playwright.launch({
      executablePath: executable,
      // Tests run as root in containers, where Chromium's own sandbox cannot start.
      args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
      env: { ...process.env, ...env },
    });
  } catch (error) {
    throw new Error(`${executable} does not start. Set CHROMIUM to a Chromium or Chrome that does.`, { cause: error });
  }
}

type Unpacked = { readonly executable: string; readonly env: Readonly<Record<string, string>> };

async function unpackOnce(): Promise<Unpacked> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The packaged browser is for Linux on x64. Set CHROMIUM to a Chromium or Chrome on this machine.');
  }
  const source = path.join(fileURLToPath(import.meta.resolve('@sparticuz/chromium')), '../../..');
  const { version } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as { version: string };
  const folder = path.join(os.tmpdir(), `socbot-chromium-${version}`);
  if (!existsSync(folder)) await unpack(path.join(source, 'bin'), folder);
  const executable = path.join(folder, 'chromium');
  return {
    executable,
    env: {
      ...(hasAllLibraries(executable) ? {} : { LD_LIBRARY_PATH: path.join(folder, 'lib') }),
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') }),
    },
  };
}

/** Unpacks beside the final place and moves it there at once, so that no test ever sees half a browser. */
async function unpack(source: string, folder: string): Promise<void> {
  const draft = await mkdtemp(`${folder}-`);
  try {
    for (const archive of ['al2023.tar.br', 'fonts.tar.br']) {
      const input = brotliDecompressSync(readFileSync(path.join(source, archive)));
      execFileSync('tar', ['-x', '--no-same-owner', '-C', draft], { input });
    }
    writeFileSync(path.join(draft, 'fonts.conf'), `<fontconfig><dir>${folder}/fonts</dir></fontconfig>`);
    const executable = path.join(draft, 'chromium');
    const packed = createReadStream(path.join(source, 'chromium.br'));
    await pipeline(packed, createBrotliDecompress(), createWriteStream(executable));
    chmodSync(executable, 0o755);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function hasAllLibraries(executable: string): boolean {
  try {
    return !execFileSync('ldd', [executable], { encoding: 'utf8' }).includes('not found');
  } catch {
    return false;
  }
}
