import type { Story } from './world-story.ts';

/** Domains, URLs and an e-mail address of the simulated world. */
export const NAME_STORIES: readonly Story[] = [
  {
    observable: { kind: 'domain', value: 'update-cdn.example' },
    tells: 'The name of the Cobalt Strike server, dressed as a content network.',
    registration: { registrar: 'Cheap Names Ltd', registeredDaysAgo: 41 },
    engines: {
      malicious: 11,
      suspicious: 1,
      harmless: 49,
      undetected: 31,
      analysedDaysAgo: 1,
      label: 'trojan.cobaltstrike',
    },
    indicator: {
      malware: 'Cobalt Strike',
      malwareId: 'win.cobalt_strike',
      threat: 'botnet_cc',
      confidence: 100,
      firstSeenDaysAgo: 12,
      lastSeenDaysAgo: 1,
      tags: ['CobaltStrike'],
    },
  },
  {
    observable: { kind: 'domain', value: 'secure-login-bank.example' },
    tells: 'Fresh phishing: two days old, and only one engine is quick enough to suspect it.',
    registration: { registrar: 'Cheap Names Ltd', registeredDaysAgo: 2 },
    engines: { malicious: 0, suspicious: 1, harmless: 55, undetected: 37, analysedDaysAgo: 0.1 },
  },
  {
    observable: { kind: 'url', value: 'https://secure-login-bank.example/signin' },
    tells: 'The page of the fresh phishing domain.',
    engines: { malicious: 4, suspicious: 2, harmless: 50, undetected: 36, analysedDaysAgo: 0.1, label: 'phishing' },
  },
  {
    observable: { kind: 'email', value: 'billing@secure-login-bank.example' },
    tells: 'The sender of the phishing mails.',
  },
  {
    observable: { kind: 'domain', value: 'docs.campus.example' },
    tells: 'The documentation site of the campus: old and dull.',
    engines: { malicious: 0, suspicious: 0, harmless: 67, undetected: 26, analysedDaysAgo: 9 },
  },
  {
    observable: { kind: 'domain', value: 'campus.example' },
    tells: "The campus's domain, registered long ago.",
    registration: { registrar: 'Registrar of the Academies', registeredDaysAgo: 9200 },
    engines: { malicious: 0, suspicious: 0, harmless: 68, undetected: 25, analysedDaysAgo: 9 },
  },
  {
    observable: { kind: 'domain', value: 'garden-forum.example' },
    tells: 'A good name in bad hands: a hijacked forum that serves malware, and the engines still trust it.',
    registration: { registrar: 'Registrar of the Hobbies', registeredDaysAgo: 5100 },
    engines: { malicious: 0, suspicious: 0, harmless: 64, undetected: 28, analysedDaysAgo: 12 },
    downloads: {
      url: 'http://garden-forum.example/wp-content/invoice.zip',
      status: 'online',
      tags: ['emotet', 'zip'],
      addedDaysAgo: 1,
      urlCount: 2,
    },
  },
  {
    observable: { kind: 'url', value: 'http://garden-forum.example/wp-content/invoice.zip' },
    tells: 'The download on the hijacked forum.',
    engines: { malicious: 3, suspicious: 0, harmless: 54, undetected: 35, analysedDaysAgo: 0.7, label: 'malware' },
    downloads: {
      url: 'http://garden-forum.example/wp-content/invoice.zip',
      status: 'online',
      tags: ['emotet', 'zip'],
      addedDaysAgo: 1,
      urlCount: 1,
    },
  },
  {
    observable: { kind: 'url', value: 'http://203.0.113.66/stage2.bin' },
    tells: 'What the Cobalt Strike server hands to its victims.',
    engines: { malicious: 9, suspicious: 0, harmless: 50, undetected: 33, analysedDaysAgo: 2, label: 'malware' },
    downloads: {
      url: 'http://203.0.113.66/stage2.bin',
      status: 'online',
      tags: ['CobaltStrike', 'exe'],
      addedDaysAgo: 3,
      urlCount: 1,
    },
  },
  {
    observable: { kind: 'url', value: 'https://docs.campus.example/start' },
    tells: 'A page of the documentation site.',
    engines: { malicious: 0, suspicious: 0, harmless: 66, undetected: 26, analysedDaysAgo: 9 },
  },
];
