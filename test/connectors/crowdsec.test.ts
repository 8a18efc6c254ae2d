import { crowdsec } from '#connectors/crowdsec/index.ts';
import { crowdsecSimulator } from '#connectors/crowdsec/simulator.ts';
import { describeResponder } from '#support/responder-contract.ts';

describeResponder({
  connector: crowdsec,
  simulator: crowdsecSimulator,
  samples: [
    { kind: 'ipv4', value: '203.0.113.66' },
    { kind: 'ipv6', value: '2001:db8:bad::66' },
    { kind: 'cidr', value: '198.51.100.0/24' },
    { kind: 'cidr', value: '2001:db8:1::/48' },
  ],
  tells: { until: true, lease: true },
});
