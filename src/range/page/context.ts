import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Actions } from './actions.ts';
import type { State } from './state.ts';

/** What every part of the page reads and calls. */
export type Page = { readonly state: State; readonly actions: Actions };

/** Hands the page's state and actions down the tree. */
export const PageContext = createContext<Page | null>(null);

/** The page's state and actions, from inside a component. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error('This component stands outside the page.');
  return page;
}

/** The time in milliseconds, renewed every `everyMs` while the component is shown. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** Whether a media query holds now; follows changes. */
export function useMedia(query: string): boolean {
  const [doesHold, setDoesHold] = useState(matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const follow = () => setDoesHold(list.matches);
    follow();
    list.addEventListener('change', follow);
    return () => list.removeEventListener('change', follow);
  }, [query]);
  return doesHold;
}
