import { createPressingActions } from './chat/pressing.ts';
import type { PressingActions } from './chat/pressing.ts';
import { createWritingActions } from './chat/writing.ts';
import type { WritingActions } from './chat/writing.ts';
import { createDeskActions } from './desk/desk-actions.ts';
import type { DeskActions } from './desk/desk-actions.ts';
import { createPhoneActions } from './people/phone-actions.ts';
import type { PhoneActions } from './people/phone-actions.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';
import type { Sync } from './sync.ts';

/** Everything a person can do on the page. */
export type Actions = PhoneActions & WritingActions & PressingActions & DeskActions;

/** The actions over one store. */
export function createActions(store: Store<State>, sync: Sync): Actions {
  return {
    ...createPhoneActions(store, sync),
    ...createWritingActions(store, sync),
    ...createPressingActions(store, sync),
    ...createDeskActions(store),
  };
}
