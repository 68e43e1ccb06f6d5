import { type ReactNode } from 'react';
import { Dialog } from './Dialog';
import { Problem } from './Problem';

/** An act that was begun: whether it goes on, and why it has failed. */
interface Running {
  readonly isPending: boolean;
  readonly error: unknown;
}

/** Asks before an act that cannot be taken back, and says what it does. It stays open while it runs and if it fails. */
export function Confirm({ title, label, of, act, onClose, danger = true, children }: {
  title: string;
  /** What the button says that does it. */
  label: string;
  of: Running;
  act: () => void;
  onClose: () => void;
  danger?: boolean;
  children: ReactNode;
}) {
  return (
    <Dialog title={title} onClose={of.isPending ? undefined : onClose}>
      <div className="stack">
        {children}
        {of.error !== null && <Problem error={of.error} />}
        <div className="row">
          <button type="button" className={danger ? 'danger' : 'primary'} disabled={of.isPending} onClick={act}>
            {of.isPending ? 'Working…' : label}
          </button>
          <button type="button" disabled={of.isPending} onClick={onClose}>Cancel</button>
        </div>
      </div>
    </Dialog>
  );
}
