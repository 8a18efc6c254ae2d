import { defender } from '#connectors/defender/index.ts';
import { defenderSimulator } from '#connectors/defender/simulator.ts';
import { describeResponder } from '#support/responder-contract.ts';

describeResponder({
  connector: defender,
  simulator: defenderSimulator,
  samples: [
    { kind: 'ipv4', value: '203.0.113.66' },
    { kind: 'ipv6', value: '2001:db8:bad::66' },
    { kind: 'domain', value: 'update-cdn.example' },
    { kind: 'url', value: "https://secure-login-bank.example/sign'in?a=b%20c" },
    { kind: 'md5', value: '0f'.repeat(16) },
    { kind: 'sha1', value: '0f'.repeat(20) },
    { kind: 'sha256', value: '0f'.repeat(32) },
    { kind: 'host', value: 'ws-0042.campus.example' },
  ],
  tells: { until: true, lease: true },
});
