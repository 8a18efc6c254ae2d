import { AskError, ask, askWithJson } from '../ask.ts';
import { say, showToast } from '../notes.ts';
import type { DeskTab, State } from '../state.ts';
import type { Store } from '../store.ts';

/** What anybody can do behind the scenes. */
export type DeskActions = {
  /** Kills the worker; it starts again by itself. */
  pullPlug(): Promise<void>;
  /** Switches a simulated system's fault on, or off with null. */
  setFault(system: string, fault: string | null): Promise<void>;
  chooseTab(tab: DeskTab): void;
  /** Opens and closes the sheet that holds the desk on a phone. */
  setSheet(isOpen: boolean): void;
};

/** The desk's actions. What changed comes back with the range's next view; failures end as a note in words. */
export function createDeskActions(store: Store<State>): DeskActions {
  const attempt = async (deed: () => Promise<unknown>, sentence: string): Promise<void> => {
    try {
      await deed();
      store.change((state) => say(state, sentence));
    } catch (error) {
      showToast(store, error instanceof AskError ? error.message : 'That did not work.');
    }
  };
  return {
    pullPlug: () => attempt(() => ask('/range/plug', { method: 'POST' }), 'The worker was killed.'),
    setFault: (system, fault) =>
      attempt(
        () => askWithJson('PUT', '/range/faults', { system, fault }),
        fault === null ? `${system} works again.` : `${system}: ${fault}.`,
      ),
    chooseTab: (tab) => store.change((state) => ({ ...state, tab })),
    setSheet: (isSheetOpen) => store.change((state) => ({ ...state, isSheetOpen })),
  };
}
