import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';

/** What a form takes that keeps its focus. */
export interface KeptFocus {
  readonly ref: RefObject<HTMLFormElement | null>;
  readonly onFocus: (event: FocusEvent<HTMLFormElement>) => void;
  readonly onBlur: () => void;
}

/**
 * Keeps the focus in a form that is made anew with each place, so that its fields show what the place says: it goes to
 * the field of the same name, or else to the button that applies. A form without the focus does not get it.
 */
export function useKeptFocus(place: string): KeptFocus {
  const ref = useRef<HTMLFormElement>(null);
  const held = useRef<string>(undefined); // The name of what has the focus; empty for what has no name.
  useLayoutEffect(() => {
    const form = ref.current;
    if (held.current === undefined || form === null || form.contains(document.activeElement)) {
      return;
    }
    const named = held.current === '' ? null : form.elements.namedItem(held.current);
    const next = named instanceof HTMLElement ? named : form.querySelector<HTMLElement>('button.primary')
      ?? form.querySelector<HTMLElement>('select, input, button');
    next?.focus({ preventScroll: true });
  }, [place]);
  return {
    ref,
    onFocus: event => {
      held.current = event.target.getAttribute('name') ?? '';
    },
    onBlur: () => {
      held.current = undefined;
    },
  };
}
