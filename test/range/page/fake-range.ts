import type { RangeControls, RangeView } from '#range/view.ts';

/** A range of which the test decides everything, and which remembers what the page asked of it. */
export type FakeRange = RangeControls & {
  /** What the page asked, in order: `plug`, `fault virustotal slow`. */
  readonly asked: string[];
  /** Changes the view and says so to whoever listens. */
  change(part: Partial<RangeView>): void;
};

/** Starts with the given view. Killing the worker takes it down; only the test brings it back. */
export function createFakeRange(initial: RangeView): FakeRange {
  const listeners = new Set<() => void>();
  const asked: string[] = [];
  let view = initial;
  const change = (part: Partial<RangeView>): void => {
    view = { ...view, ...part };
    for (const listener of listeners) listener();
  };
  return {
    asked,
    change,
    view: async () => view,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async setFault(system, fault) {
      asked.push(`fault ${system} ${fault ?? 'off'}`);
      if (!view.systems.some(({ id }) => id === system)) throw new Error('There is no such system.');
      change({ systems: view.systems.map((other) => (other.id === system ? { ...other, fault } : other)) });
    },
    async killWorker() {
      asked.push('plug');
      change({ worker: { ...view.worker, state: 'down', pid: null } });
    },
  };
}

const STARTED_AT = '2026-11-24T03:12:04.000Z';

/** A night with one look-up and one block that waits. */
export const NIGHT: RangeView = {
  requests: [
    {
      id: 'ioc-731000001',
      ref: '#7K3M',
      title: 'Look up 203.0.113[.]66',
      by: 'Ana',
      startedAt: STARTED_AT,
      state: 'running',
      temporalUrl: 'http://127.0.0.1:8233/namespaces/default/workflows/ioc-731000001',
      steps: [
        {
          text: 'VirusTotal',
          detail: '58 of 94 engines',
          state: 'done',
          startedAt: STARTED_AT,
          endedAt: '2026-11-24T03:12:04.412Z',
        },
        {
          text: 'AbuseIPDB',
          detail: '412 reports in 30 days',
          state: 'done',
          startedAt: STARTED_AT,
          endedAt: '2026-11-24T03:12:04.655Z',
        },
        {
          text: 'URLhaus',
          detail: 'no answer in time, attempt 2 of 5',
          state: 'failed',
          startedAt: STARTED_AT,
          endedAt: '2026-11-24T03:12:14.000Z',
        },
        { text: 'ThreatFox', state: 'running', startedAt: STARTED_AT },
      ],
    },
    {
      id: 'block-731000004',
      ref: '#R7F3',
      title: 'Block 203.0.113[.]66 for 24 h',
      by: 'Ana',
      startedAt: STARTED_AT,
      state: 'waiting',
      temporalUrl: 'http://127.0.0.1:8233/namespaces/default/workflows/block-731000004',
      steps: [
        {
          text: 'Checked against own networks',
          state: 'done',
          startedAt: STARTED_AT,
          endedAt: '2026-11-24T03:12:04.012Z',
        },
        { text: 'Waiting for a responder', detail: 'Ben or Cleo', state: 'waiting', startedAt: STARTED_AT },
      ],
    },
  ],
  systems: [
    {
      id: 'block-feed',
      title: 'Block feed',
      icon: '🧱',
      lines: ['1 address is blocked'],
      entries: [{ text: '198.51.100.23', detail: 'Until 09:30. Asked by Ana, approved by Cleo.' }],
      calls: 14,
      faults: ['unreachable'],
      fault: null,
    },
    {
      id: 'virustotal',
      title: 'VirusTotal',
      lines: ['3 of 4 a minute', '61 of 500 today'],
      calls: 61,
      faults: ['slow', 'rate_limited', 'broken'],
      fault: null,
    },
    {
      id: 'abuseipdb',
      title: 'AbuseIPDB',
      lines: ['1,000 a day'],
      calls: 22,
      faults: ['slow', 'unauthorized'],
      fault: null,
    },
    {
      id: 'urlhaus',
      title: 'URLhaus',
      lines: ['answers after 12 s'],
      calls: 9,
      faults: ['slow', 'broken'],
      fault: 'slow',
    },
    {
      id: 'threatfox',
      title: 'ThreatFox',
      lines: ['knows 6 of the world'],
      calls: 9,
      faults: ['slow', 'broken'],
      fault: null,
    },
    { id: 'rdap', title: 'RDAP', lines: ['registry of the range'], calls: 4, faults: ['slow'], fault: null },
  ],
  worker: { state: 'up', pid: 4711, restarts: 2 },
  temporalUi: 'http://127.0.0.1:8233/',
  world: [
    { observable: '203.0.113.66', kind: 'ipv4', story: 'Command and control of a bot net; every source knows it.' },
    { observable: '198.51.100.7', kind: 'ipv4', story: 'A shared host: one engine of 94 dislikes it.' },
    { observable: '2001:db8::bad', kind: 'ipv6', story: 'Scans the whole internet, reported 97 times.' },
    { observable: 'login.paypa1.example', kind: 'domain', story: 'Phishing, registered three days ago.' },
    { observable: 'hxxp://files.evil[.]example/invoice.exe', kind: 'url', story: 'Delivers the file below.' },
    {
      observable: '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
      kind: 'sha256',
      story: 'The EICAR test file: known to everybody, harmless.',
    },
    {
      observable: 'new-domain.example',
      kind: 'domain',
      story: 'Nobody has ever seen it. That is not the same as clean.',
    },
  ],
  roles: { 1001: 'analyst', 1002: 'responder', 1003: 'responder, admin', 1666: 'a stranger' },
};
