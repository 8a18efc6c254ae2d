import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Actions } from './actions.ts';
import { AlertDialog } from './alert-dialog.ts';
import { Conversation } from './chat/conversation.ts';
import { PageContext, useMedia } from './context.ts';
import { Desk } from './desk/desk.ts';
import { Rail } from './people/rail.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

/** Below this width the desk is a sheet over the phone. */
const NARROW = '(max-width: 859px)';

/** The whole page: who holds the phone, the phone, and what happens behind the scenes. */
export function App({ store, actions }: { store: Store<State>; actions: Actions }): VNode {
  const [state, setState] = useState(store.get());
  useEffect(() => {
    setState(store.get());
    return store.watch(() => setState(store.get()));
  }, [store]);
  const page = useMemo(() => ({ state, actions }), [state, actions]);
  const isNarrow = useMedia(NARROW);
  const hasSheet = isNarrow && state.isSheetOpen;
  return html`<${PageContext.Provider} value=${page}>
    <div class="page">
      <a class="skip" href="#message">Skip to the message box</a>
      ${!isNarrow && html`<a class="skip" href="#desk">Skip to behind the scenes</a>`}
      <${Rail} />
      <${Conversation} />
      ${!isNarrow && html`<${Desk} isSheet=${false} />`}
    </div>
    ${hasSheet && html`<${Desk} isSheet=${true} />`}
    <${AlertDialog} />
    <p class="visually-hidden" role="status" aria-live="polite">${state.said}</p>
  <//>`;
}
