import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '#src/log/redact.ts';

const CANARY = 'cänary/"se+cret"\\=7Zq9';
const redact = createRedactor([CANARY, 'plain-canary-00112233']);

describe('createRedactor', () => {
  it.each([
    ['as it is', CANARY],
    ['inside JSON', JSON.stringify({ a: CANARY })],
    ['inside JSON inside JSON', JSON.stringify({ a: JSON.stringify({ b: CANARY }) })],
    ['in a URL', `https://x.example/?key=${encodeURIComponent(CANARY)}&b=1`],
    ['in a URL with small hex digits', encodeURIComponent(CANARY).replaceAll(/%../g, (octet) => octet.toLowerCase())],
    ['in a form', new URLSearchParams({ key: CANARY }).toString()],
    ['in base64', Buffer.from(CANARY).toString('base64')],
    ['in base64url', Buffer.from(CANARY).toString('base64url')],
    ['in hex', Buffer.from(CANARY).toString('hex')],
    ['in upper-case hex', Buffer.from(CANARY).toString('hex').toUpperCase()],
  ])('takes a secret out %s', (_, text) => {
    const redacted = redact(`before ${text} after`);

    expect(redacted).toContain('[redacted]');
    expect(redacted).not.toMatch(/anary|se\+cret|se%2[bB]cret|7Zq9|6e617279|6E617279/);
    expect(redacted).toMatch(/^before .* after$/);
  });

  it.each([0, 1, 2, 3, 4, 5])('finds a secret after %d bytes inside base64', (length) => {
    const encoded = Buffer.from(`${'u'.repeat(length)}${CANARY}tail`).toString('base64');

    const redacted = redact(`authorization: Basic ${encoded}`);

    expect(redacted).toContain('[redacted]');
    expect(Buffer.from(redacted.replace(/^.*Basic /, '').replace('[redacted]', '')).toString()).not.toContain('anary');
  });

  it.each([
    'https://api.telegram.org/bot700000001:SIMULATED-TOKEN-simulated-token-0000/getMe',
    'https://api.telegram.org/file/bot700000001%3ASIMULATED-TOKEN-simulated-token-0000/a.pdf',
    '700000001:SIMULATED-TOKEN-simulated-token-0000',
  ])('takes out a bot token that nobody named: %s', (text) => {
    expect(redact(text)).not.toContain('SIMULATED');
  });

  it.each([
    ['postgres://socbot:hunter22@db.example/socbot', 'postgres://[redacted]@db.example/socbot'],
    ['see https://a:b@c@d.example/x', 'see https://[redacted]@d.example/x'],
    ['https://d.example/a@b', 'https://d.example/a@b'],
    ['mail ana@d.example about https://d.example', 'mail ana@d.example about https://d.example'],
  ])('takes the user part out of URLs only: %s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('leaves other text alone', () => {
    const text = '2026-11-24T06:00:00.000Z virustotal answered 404 for 192.0.2.7, request tg-700000001-12 (1:2)';

    expect(redact(text)).toBe(text);
  });

  it('does not look for secrets that every line holds by chance', () => {
    expect(createRedactor(['', 'a', 'abc'])('an abc of alarms')).toBe('an abc of alarms');
  });

  it('finds every secret that JSON may carry, whatever its characters', () => {
    const secret = fc.string({ minLength: 4, maxLength: 60, unit: 'binary' });
    fc.assert(
      fc.property(secret, fc.string(), (value, around) => {
        fc.pre(!JSON.stringify([around, '[redacted]']).includes(JSON.stringify(value).slice(1, -1)));

        const line = createRedactor([value])(JSON.stringify({ msg: `${around}${value}` }));

        expect(line).not.toContain(JSON.stringify(value).slice(1, -1));
      }),
    );
  });
});
