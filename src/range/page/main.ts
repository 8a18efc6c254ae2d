import { html } from 'htm/preact';
import { render } from 'preact';
import { createActions } from './actions.ts';
import { App } from './app.ts';
import { keepInMemory } from './memory.ts';
import { parsePhoneAddress } from './people/phone-actions.ts';
import { EMPTY_STATE } from './state.ts';
import { createStore } from './store.ts';
import { startSync } from './sync.ts';

const store = createStore({ ...EMPTY_STATE, ...parsePhoneAddress(location.hash) });
keepInMemory(store);
const actions = createActions(store, startSync(store));
const root = document.querySelector('#app');
if (root) render(html`<${App} store=${store} actions=${actions} />`, root);
