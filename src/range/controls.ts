import type { Client } from '@temporalio/client';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { FAULT_NAMES } from '#connectors/simulator-faults.ts';
import type { Simulator } from '#connectors/simulator.ts';
import { simulators } from '#connectors/simulators.ts';
import { STORIES } from '#connectors/world.ts';
import { defang } from '#domain/defang.ts';
import { utcMinute } from '#domain/utc-minute.ts';
import type { Store } from '#store/open-store.ts';
import type { Authenticators } from './authenticators.ts';
import { listRequests } from './requests.ts';
import { RANGE_ROLES } from './settings.ts';
import { TELEGRAM, type TelegramFaults } from './telegram-faults.ts';
import { DEFAULT_PEOPLE } from './telegram/defaults.ts';
import type { RangeControls, RangeView, SimulatedSystem, WorkerView } from './view.ts';

export type ControlDeps = {
  readonly client: Client;
  readonly store: Store;
  readonly vendors: readonly Simulator[];
  readonly telegram: TelegramFaults;
  readonly authenticators: Authenticators;
  readonly worker: () => WorkerView;
  readonly killWorker: () => void;
  readonly uiUrl: string;
  readonly feedUrl: string | null;
};

/** The faults worth showing to people; the tests know many more. */
const SHOWN_FAULTS = FAULT_NAMES.filter((name) =>
  ['slow', 'hang', 'rate-limited', 'unavailable', 'html', 'unauthorized'].includes(name),
);
/** How often an open page looks whether something has changed. */
const LOOK_EVERY_MS = 1_000;

/** What the page shows and can do beside the chat, over the running range. */
export function createRangeControls(deps: ControlDeps): RangeControls & { changed(): void } {
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  let timer: NodeJS.Timeout | null = null;
  return {
    changed,
    view: async () => readView(deps),
    onChange(listener) {
      listeners.add(listener);
      timer ??= setInterval(changed, LOOK_EVERY_MS).unref();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || !timer) return;
        clearInterval(timer);
        timer = null;
      };
    },
    async setFault(system, fault) {
      if (system === TELEGRAM) {
        await deps.telegram.set(fault);
        return changed();
      }
      const vendor = deps.vendors.find((one) => one.name === system);
      const name = SHOWN_FAULTS.find((one) => one === fault);
      if (!vendor) throw new Error(`There is no simulated system ${system}.`);
      if (fault !== null && !name) throw new Error(`${system} has no fault ${fault}.`);
      vendor.setFaults(name ? [{ fault: name }] : []);
      changed();
    },
    async killWorker() {
      deps.killWorker();
    },
  };
}

async function readView(deps: ControlDeps): Promise<RangeView> {
  const [requests, feed, telegram] = await Promise.all([
    listRequests(deps.client, deps.uiUrl).catch(() => []),
    feedView(deps),
    deps.telegram.view(),
  ]);
  return {
    requests,
    systems: [feed, telegram, ...deps.vendors.map(vendorView)],
    worker: deps.worker(),
    temporalUi: deps.uiUrl,
    world: STORIES.map(({ observable, tells }) => ({
      observable: defang(observable),
      kind: observable.kind,
      story: tells,
    })),
    codes: deps.authenticators.codes(),
    roles: Object.fromEntries(DEFAULT_PEOPLE.map(({ id, name }) => [String(id), RANGE_ROLES[name] ?? 'a stranger'])),
  };
}

async function feedView({ store, feedUrl }: ControlDeps): Promise<SimulatedSystem> {
  const blocks = await store.blockList.list();
  const entries = blocks.map(({ target, until, by }) => ({
    text: target.slice(target.indexOf(':') + 1),
    detail: `until ${utcMinute(until)}, asked by ${by}`,
  }));
  const lines = [feedUrl ?? 'not served', `${entries.length} blocked`];
  return { id: 'block-feed', title: 'Block feed', icon: '🧱', lines, entries, calls: null, faults: [], fault: null };
}

function vendorView(vendor: Simulator): SimulatedSystem {
  const connectors = [...sourceConnectors, ...responderConnectors];
  const title = connectors.find((connector) => connector.id === vendor.name)?.title ?? vendor.name;
  const calls = vendor.ledger();
  const held = vendor.entries();
  const recent = calls.slice(-5).map((call) => ({ text: `${call.method} ${call.path}`.slice(0, 80), detail: call.at }));
  return {
    id: vendor.name,
    title,
    lines: held.length > 0 ? [`holds ${held.length}`] : [],
    entries: [...held, ...recent.toReversed()],
    calls: calls.length,
    faults: simulators.some((one) => one.name === vendor.name) ? SHOWN_FAULTS : [],
    fault: vendor.faults()[0]?.fault ?? null,
  };
}
