import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';

/** A dialog over the page, which keeps the focus; Escape closes it where it may be closed. */
export function Dialog({ title, onClose, children, broad = false }:
{ title: string; onClose?: (() => void) | undefined; children: ReactNode; broad?: boolean }) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => { // It closes while it is still there: the focus goes back to where it was.
    const shown = dialog.current;
    if (shown !== null && !shown.open) {
      shown.showModal();
    }
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className={broad ? 'broad' : undefined} aria-labelledby={id} onCancel={event => {
      event.preventDefault();
      onClose?.();
    }} onClose={() => {
      if (dialog.current?.open === false) { // A browser closes it at a second Escape, whatever the page says.
        onClose === undefined ? dialog.current.showModal() : onClose();
      }
    }}>
      <header>
        <h2 id={id}>{title}</h2>
        {onClose && <button type="button" className="quiet" onClick={onClose} aria-label="Close">✕</button>}
      </header>
      {children}
    </dialog>
  );
}
