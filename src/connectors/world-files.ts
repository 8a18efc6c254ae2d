import { createHash } from 'node:crypto';
import type { FileTraits, Story } from './world-story.ts';

const EICAR: FileTraits = {
  md5: '44d88612fea8a8f36de82e1278abb02f',
  sha1: '3395856ce81f2b7382dee72602f798b642f14140',
  sha256: '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
  name: 'eicar.com',
  type: 'Text',
  extension: 'com',
  sizeBytes: 68,
};
const INVOICE_DLL = fileOf('invoice.dll', 'Win32 DLL', 'dll', 487_424);
const PAGER = fileOf('less', 'ELF', 'elf', 199_048);
const ADMIN_TOOL = fileOf('inventory.exe', 'Win32 EXE', 'exe', 1_204_736);

/** Files of the simulated world, each known by three hashes. */
export const FILE_STORIES: readonly Story[] = [
  {
    observable: { kind: 'sha256', value: EICAR.sha256 },
    tells: 'The EICAR test file: every engine shouts, nobody is hurt.',
    file: EICAR,
    engines: {
      malicious: 62,
      suspicious: 0,
      harmless: 0,
      undetected: 6,
      analysedDaysAgo: 0.1,
      label: 'virus.eicar/test',
    },
    knownFile: { source: 'NSRL', trust: 10, knownMaliciousBy: 'malshare.com' },
  },
  {
    observable: { kind: 'sha256', value: INVOICE_DLL.sha256 },
    tells: 'The loader inside the invoice of the hijacked forum.',
    file: INVOICE_DLL,
    engines: {
      malicious: 47,
      suspicious: 1,
      harmless: 0,
      undetected: 22,
      analysedDaysAgo: 0.5,
      label: 'trojan.emotet/loader',
    },
    downloads: {
      url: 'http://garden-forum.example/wp-content/invoice.zip',
      status: 'online',
      tags: ['emotet'],
      addedDaysAgo: 1,
      urlCount: 2,
    },
    indicator: {
      malware: 'Emotet',
      malwareId: 'win.emotet',
      threat: 'payload',
      confidence: 75,
      firstSeenDaysAgo: 2,
      lastSeenDaysAgo: null,
      tags: ['Emotet', 'epoch5'],
    },
    sample: { signature: 'Heodo', tags: ['Emotet', 'dll'], firstSeenDaysAgo: 2, origin: 'DE' },
  },
  {
    observable: { kind: 'sha256', value: PAGER.sha256 },
    tells: 'A pager of a Linux distribution: shipped with the system, on every list of known files.',
    file: PAGER,
    engines: { malicious: 0, suspicious: 0, harmless: 0, undetected: 64, analysedDaysAgo: 30 },
    knownFile: { source: 'NSRL', trust: 100 },
  },
  {
    observable: { kind: 'sha256', value: ADMIN_TOOL.sha256 },
    tells: "An administrator's home-made tool: one engine dislikes it, and that is all that is known.",
    file: ADMIN_TOOL,
    engines: { malicious: 1, suspicious: 0, harmless: 0, undetected: 69, analysedDaysAgo: 20 },
  },
];

/** Made-up hashes that belong together and stay the same: those of the file's name. */
function fileOf(name: string, type: string, extension: string, sizeBytes: number): FileTraits {
  const hash = (algorithm: string) => createHash(algorithm).update(`a file called ${name}`).digest('hex');
  return { md5: hash('md5'), sha1: hash('sha1'), sha256: hash('sha256'), name, type, extension, sizeBytes };
}
