import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { PhoneButton, PhoneMessage } from '#range/telegram/phone.ts';
import { usePage } from '../context.ts';
import { Icon } from '../icons.ts';
import { placeOf } from '../state.ts';
import { safeAddressOf } from './safe-address.ts';

type ButtonsProps = { message: PhoneMessage; isReachable: boolean };

/** The rows of buttons under a message. `isReachable` puts them into the tab order. */
export function Buttons({ message, isReachable }: ButtonsProps): VNode | null {
  if (message.keyboard.length === 0) return null;
  return html`<div class="keyboard" role="group" aria-label="Buttons of this message">
    ${message.keyboard.map(
      (row, index) =>
        html`<div class="keyboard-row" key=${index}>
          ${row.map(
            (button) =>
              html`<${InlineButton}
                key=${button.text}
                message=${message}
                button=${button}
                isReachable=${isReachable}
              />`,
          )}
        </div>`,
    )}
  </div>`;
}

function InlineButton({ message, button, isReachable }: ButtonsProps & { button: PhoneButton }): VNode {
  const { state, actions } = usePage();
  const isPending = state.pressing.includes(`${placeOf(state.chat, message.id)}/${button.text}`);
  const classes = `inline-button is-${button.style ?? 'plain'}`;
  const tabindex = isReachable ? 0 : -1;
  const address = button.kind === 'url' ? safeAddressOf(button.url) : null;
  if (address !== null) {
    return html`<a class=${classes} href=${address} target="_blank" rel="noopener noreferrer" tabindex=${tabindex}>
      <span>${button.text}</span><${Icon} name="out" />
    </a>`;
  }
  return html`<button
    type="button"
    class=${classes}
    tabindex=${tabindex}
    aria-disabled=${button.disabled ? 'true' : undefined}
    aria-busy=${isPending ? 'true' : undefined}
    onClick=${() => void actions.press(message, button)}
  >
    <span>${button.text}</span>
    ${button.kind === 'copy' && html`<${Icon} name="copy" />`}
    ${isPending && html`<span class="wheel" aria-hidden="true"></span>`}
  </button>`;
}
