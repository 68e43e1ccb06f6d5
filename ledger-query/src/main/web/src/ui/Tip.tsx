import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/**
 * Shows the `data-tip` of what the pointer or the focus is on, above everything else. There is one of it, in the
 * shell. Escape hides it. What it says is also in the element's accessible name or text.
 */
export function Tips() {
  const [target, setTarget] = useState<HTMLElement>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const show = (event: Event) => setTarget(
      (event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null) ?? undefined);
    const hide = () => setTarget(undefined);
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && hide();
    document.addEventListener('pointerover', show);
    document.addEventListener('focusin', show);
    document.addEventListener('focusout', hide);
    document.addEventListener('keydown', escape);
    window.addEventListener('scroll', hide, true);
    return () => {
      document.removeEventListener('pointerover', show);
      document.removeEventListener('focusin', show);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('keydown', escape);
      window.removeEventListener('scroll', hide, true);
    };
  }, []);
  useLayoutEffect(() => {
    const tip = box.current;
    if (tip === null || target === undefined || !target.isConnected) {
      return;
    }
    if (tip.matches(':popover-open')) {
      tip.hidePopover(); // A dialog that was opened since then is above it.
    }
    tip.showPopover();
    const at = target.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left), document.documentElement.clientWidth - size.width - 8);
    const above = at.top - size.height - 6;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${above < 8 ? at.bottom + 6 : above}px`;
  }, [target]);
  return target?.dataset.tip === undefined ? null
    : <div className="tip" popover="manual" ref={box} aria-hidden="true">{target.dataset.tip}</div>;
}
