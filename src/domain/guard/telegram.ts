import type { Lifeline } from './guard.ts';

/** Telegram's networks as it publishes them (https://core.telegram.org/resources/cidr.txt, 2026-01-19), and its Bot API. */
export const TELEGRAM: readonly Lifeline[] = [
  { name: 'Telegram', what: 'host', value: 'api.telegram.org' },
  ...[
    '91.105.192.0/23',
    '91.108.4.0/22',
    '91.108.8.0/22',
    '91.108.12.0/22',
    '91.108.16.0/22',
    '91.108.20.0/22',
    '91.108.56.0/22',
    '149.154.160.0/20',
    '185.76.151.0/24',
    '2001:67c:4e8::/48',
    '2001:b28:f23c::/48',
    '2001:b28:f23d::/48',
    '2001:b28:f23f::/48',
    '2a0a:f280::/32',
  ].map((value) => ({ name: 'Telegram', what: 'network' as const, value })),
];
