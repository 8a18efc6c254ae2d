import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Keeps the focus in an element whose own parts may vanish under it: a pressed button goes when its card is edited, and
 * whoever works by keyboard would be back at the top of the page. Gives what to spread onto the element.
 */
export function useKeptFocus() {
  const element = useRef<HTMLElement>(null);
  const holder = useRef<EventTarget | null>(null);
  useLayoutEffect(() => {
    const isGone = holder.current instanceof Node && !holder.current.isConnected;
    if (isGone && document.activeElement === document.body) element.current?.focus({ preventScroll: true });
  });
  return { ref: element, onFocusIn: ({ target }: FocusEvent) => (holder.current = target) };
}
