import type { Config } from '#config/config.ts';
import type { Guard, GuardFinding, Lifeline } from '#domain/guard/guard.ts';
import { judgeTarget } from '#domain/guard/judge.ts';
import type { Observable } from '#domain/observable.ts';
import { openWarningLists } from '#src/warning-lists/open.ts';

/** Everything that speaks against holding a target off, by this configuration. */
export function createJudge(config: Config): (target: Observable) => readonly GuardFinding[] {
  const guard: Guard = {
    ownNetworks: config.ownNetworks,
    ownDomains: config.ownDomains,
    hosts: config.hosts,
    lifelines: lifelinesOf(config),
    allowDocumentationRanges: config.allowDocumentationRanges,
    lists: openWarningLists(),
  };
  return (target) => judgeTarget(target, guard);
}

/** What SocBot itself needs to go on working: whoever blocks these blocks their own hands. */
function lifelinesOf({ telegram, temporal, databaseUrl, sources, responders }: Config): readonly Lifeline[] {
  const urls = [...sources, ...responders].flatMap(({ connector, settings }) =>
    Object.entries(settings).flatMap(([key, value]) =>
      key.endsWith('_URL') && typeof value === 'string' ? [{ name: connector.title, url: value }] : [],
    ),
  );
  return [
    ...urls.flatMap(({ name, url }) => hostOf(name, url)),
    ...hostOf('Telegram', telegram?.apiRoot),
    ...hostOf('Temporal', temporal ? `temporal://${temporal.address}` : undefined),
    ...hostOf('the store', databaseUrl?.reveal()),
  ];
}

/** Loopback needs no guard: it is never blocked anyhow. */
function hostOf(name: string, url: string | undefined): Lifeline[] {
  const host = URL.parse(url ?? '')?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  return host === '' || host === 'localhost' ? [] : [{ name, what: 'host', value: host }];
}
