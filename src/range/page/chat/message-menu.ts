import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PhoneMessage } from '#range/telegram/phone.ts';
import { usePage } from '../context.ts';
import { Icon } from '../icons.ts';
import type { IconName } from '../icons.ts';

type MenuProps = { message: PhoneMessage; isMine: boolean; onClose: () => void };

/** What can be done with a message. Arrow keys move, Escape or a tap elsewhere closes. */
export function MessageMenu({ message, isMine, onClose }: MenuProps): VNode {
  const { actions } = usePage();
  const menu = useRef<HTMLDivElement>(null);
  useFocusedMenu(menu, onClose);
  const start = (kind: 'reply' | 'edit'): void => {
    actions.setIntent({ kind, message: message.id });
    if (kind === 'edit') actions.writeDraft(message.text);
    document.querySelector<HTMLElement>('#message')?.focus();
  };
  const items: readonly (readonly [IconName, string, () => void])[] = [
    ['reply', 'Reply', () => start('reply')],
    ...(message.text && !message.protected
      ? ([['copy', 'Copy text', () => void actions.copy(message.text)]] as const)
      : []),
    ...(isMine && message.text && !message.document ? ([['edit', 'Edit', () => start('edit')]] as const) : []),
  ];
  return html`<div class="menu" role="menu" aria-label="Message" ref=${menu}>
    ${items.map(
      ([icon, text, act]) =>
        html`<button
          key=${text}
          type="button"
          role="menuitem"
          tabindex="-1"
          onClick=${() => {
            onClose();
            act();
          }}
        >
          <${Icon} name=${icon} />${text}
        </button>`,
    )}
  </div>`;
}

function useFocusedMenu(menu: { current: HTMLElement | null }, onClose: () => void): void {
  useLayoutEffect(() => {
    const element = menu.current;
    const opener = element?.closest<HTMLElement>('article');
    const items = [...(element?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    items[0]?.focus();
    const move = (event: KeyboardEvent): void => {
      const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
      const step = steps[event.key];
      const isLeaving = event.key === 'Escape' || event.key === 'Tab';
      if (step === undefined && !isLeaving) return;
      event.preventDefault();
      event.stopPropagation();
      const index = items.findIndex((item) => item === document.activeElement);
      if (step !== undefined) return items.at((index + step) % items.length)?.focus();
      onClose();
      opener?.focus();
    };
    const leave = (event: PointerEvent): void => {
      if (event.target instanceof Node && element?.contains(event.target)) return;
      onClose();
    };
    element?.addEventListener('keydown', move);
    document.addEventListener('pointerdown', leave);
    return () => {
      element?.removeEventListener('keydown', move);
      document.removeEventListener('pointerdown', leave);
    };
  }, []);
}
