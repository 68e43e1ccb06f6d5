import { useState, type ReactNode } from 'react';
import { CopyButton } from './Address';
import { Dialog } from './Dialog';

/** A secret that no service shows again: the dialog closes only for who says that it is stored. */
export function SecretOnce({ title, secret, onClose, children }:
{ title: string; secret: string; onClose: () => void; children?: ReactNode }) {
  const [stored, setStored] = useState(false);
  return (
    <Dialog title={title}>
      <div className="stack">
        <p className="notice warn">The secret is shown this once. Store it now where only your program reads it: nobody
          can show it again.</p>
        <p className="secret"><code>{secret}</code><CopyButton text={secret} what="secret" label="" /></p>
        {children}
        <label className="check"><input type="checkbox" checked={stored}
          onChange={event => setStored(event.target.checked)} /> I have stored the secret</label>
        <div className="row">
          <button type="button" className="primary" disabled={!stored} onClick={onClose}>Done</button>
        </div>
      </div>
    </Dialog>
  );
}
