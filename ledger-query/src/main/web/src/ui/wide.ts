import { useSyncExternalStore } from 'react';

const WIDE = '(min-width: 800px)';

const changes = (changed: () => void) => {
  const query = window.matchMedia(WIDE);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
};

/** Whether the page is wider than a phone, where the style sheet draws the same line. */
export function useWide(): boolean {
  return useSyncExternalStore(changes, () => window.matchMedia(WIDE).matches);
}
