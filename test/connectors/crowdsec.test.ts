import { crowdsec } from '#connectors/crowdsec/index.ts';
import { crowdsecSimulator } from '#connectors/crowdsec/simulator.ts';
import { describeResponder } from '#support/responder-contract.ts';

describeResponder({
  connector: crowdsec,
  simulator: crowdsecSimulator,
  samples: [
    { kind: 'ipv4', value: '198.51.100.7' },
    { kind: 'ipv6', value: '2001:db8::7' },
    { kind: 'cidr', value: '192.0.2.0/25' },
    { kind: 'cidr', value: '2001:db8:7::/48' },
  ],
  tells: { until: true, lease: true },
  logsInAt: '/v1/watchers/login',
  saysNothingHeld: ['null', 'list'],
});
