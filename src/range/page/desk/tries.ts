import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { findButton } from '../chat/pressing.ts';
import { usePage } from '../context.ts';
import { chatsOf } from '../reading.ts';
import type { State } from '../state.ts';
import { Panel } from './panel.ts';
import { useTypeInBox } from './type-in-box.ts';

/** Longer texts are cut on their chip, never in the box. */
const MAX_CHIP_UNITS = 26;

/** A few things to try: texts for the message box, and what other people would do next. */
export function Tries(): VNode | null {
  const { state } = usePage();
  if (!state.range) return null;
  return html`<${Panel} id="try" title="Things to try" hint="a tap fills the message box">
    <${ObservableChips} />
    <div class="chips" role="group" aria-label="What others do">
      ${PRESSES.map((press) => html`<${PressChip} key=${press.text} ...${press} />`)}
      <${FileChip} />
    </div>
  <//>`;
}

/** Texts to send: one observable of each kind that the world holds, and commands. */
export function ObservableChips({ limit = 5 }: { limit?: number }): VNode {
  const { state } = usePage();
  const type = useTypeInBox();
  return html`<div class="chips" role="group" aria-label="Texts to send">
    ${textsOf(state, limit).map(
      (text) =>
        html`<button type="button" class="chip" key=${text} onClick=${() => type(text)}>
          <code>${text.length > MAX_CHIP_UNITS ? `${text.slice(0, MAX_CHIP_UNITS - 1)}…` : text}</code>
        </button>`,
    )}
  </div>`;
}

function textsOf(state: State, limit: number): readonly string[] {
  const world = state.range?.world ?? [];
  const firsts = world.filter(({ kind }, index) => world.findIndex((other) => other.kind === kind) === index);
  const address = world.find(({ kind }) => kind === 'ipv4')?.observable;
  return [
    ...firsts.slice(0, limit).map(({ observable }) => observable),
    ...(address === undefined ? [] : [`/block ${address} 1h`]),
    '/help',
  ];
}

type Press = { readonly text: string; readonly person: string; readonly button: RegExp };

const PRESSES: readonly Press[] = [
  { text: 'Ben approves', person: 'Ben', button: /approve/i },
  { text: 'Ben denies', person: 'Ben', button: /deny/i },
  { text: 'Eve presses Approve', person: 'Eve', button: /approve/i },
];

/** Hands the phone to somebody and presses a button for them; off while they see no such button. */
function PressChip({ text, person: name, button: pattern }: Press): VNode | null {
  const { state, actions } = usePage();
  const person = state.people.find((other) => other.name === name);
  if (!person) return null;
  const chats = chatsOf(state, person.id).map(({ id }) => id);
  const found = findButton(state, chats, pattern);
  const press = (): void => {
    if (!found) return;
    actions.setSheet(false);
    actions.choosePerson(person.id, found.chat);
    void actions.press(found.message, found.button);
  };
  return html`<button type="button" class="chip chip-act" disabled=${found === null} onClick=${press}>${text}</button>`;
}

/** The EICAR test string, in two parts so that no virus scanner minds this page. @see https://www.eicar.org */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'];

function FileChip(): VNode {
  const { actions } = usePage();
  const send = (): void => {
    actions.setSheet(false);
    void actions.upload([new File(EICAR, 'invoice.exe', { type: 'application/octet-stream' })]);
  };
  return html`<button type="button" class="chip chip-act" onClick=${send}>Send a file: invoice.exe</button>`;
}
