import { useRef } from 'preact/hooks';

const LONG_PRESS_MS = 450;

/** How far, in pixels, a finger may stray before a long press is a scroll. */
const STRAY_PX = 8;

/** What a message must listen to so that a right click, the menu key or a resting finger calls `open`. */
export function useMenuGestures(open: () => void): Record<string, (event: never) => void> {
  const rest = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const stop = (): void => {
    if (rest.current) clearTimeout(rest.current.timer);
    rest.current = null;
  };
  return {
    onContextMenu: (event: MouseEvent) => {
      if (isTextChosen() || hasOwnMenu(event.target)) return;
      event.preventDefault();
      open();
    },
    onPointerDown: (event: PointerEvent) => {
      stop();
      if (event.pointerType !== 'touch' || hasOwnMenu(event.target)) return;
      rest.current = { timer: setTimeout(open, LONG_PRESS_MS), x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent) => {
      if (!rest.current) return;
      if (Math.hypot(event.clientX - rest.current.x, event.clientY - rest.current.y) > STRAY_PX) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  };
}

function isTextChosen(): boolean {
  return getSelection()?.isCollapsed === false;
}

function hasOwnMenu(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, img') !== null;
}
