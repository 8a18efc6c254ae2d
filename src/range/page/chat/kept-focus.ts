import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Keeps the focus in an element whose own parts may vanish under it: a pressed button goes when its card is edited, and
 * whoever works by keyboard would be back at the top of the page. Gives what to spread onto the element.
 */
export function useKeptFocus() {
  const element = useRef<HTMLElement>(null);
  const isInside = useRef(false);
  useLayoutEffect(() => {
    if (isInside.current && document.activeElement === document.body) element.current?.focus({ preventScroll: true });
  });
  return {
    ref: element,
    onFocusIn: () => (isInside.current = true),
    /** Nothing takes the focus over when its holder is removed. */
    onFocusOut: ({ relatedTarget }: FocusEvent) => (isInside.current = relatedTarget === null),
  };
}
