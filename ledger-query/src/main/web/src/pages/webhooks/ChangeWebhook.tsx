import { answer } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { useAct } from '../../app/act';
import { Dialog, Field, Problem } from '../../ui';
import { TypesChoice } from './TypesChoice';
import { type Webhook } from './webhookWords';

/** Changes what of a webhook may change. */
export function ChangeWebhook({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const [url, setUrl] = useState(webhook.url);
  const [description, setDescription] = useState(webhook.description);
  const [types, setTypes] = useState<readonly string[]>(webhook.types);
  const change = useAct((ledger, body: { url: string; description: string; types: string[] }) => answer(
    ledger.query.PATCH('/v1/webhooks/{id}', { params: { path: { id: webhook.id } }, body })), ['webhook', 'webhooks']);
  return (
    <Dialog title="Change this webhook" onClose={onClose}>
      <form className="form" onSubmit={event => {
        event.preventDefault();
        change.mutate({ url: url.trim(), description: description.trim(), types: [...types] }, { onSuccess: onClose });
      }}>
        <Field label="URL" type="url" required maxLength={2000} value={url} spellCheck={false} autoComplete="off"
          onChange={event => setUrl(event.target.value)} />
        <Field label="Description" maxLength={200} value={description} hint="For people"
          onChange={event => setDescription(event.target.value)} />
        <TypesChoice feed={webhook.feed} chosen={types} onChange={setTypes} />
        {change.error !== null && <Problem error={change.error} />}
        <div className="row">
          <button className="primary" disabled={change.isPending}>{change.isPending ? 'Working…' : 'Change it'}</button>
          <button type="button" onClick={onClose}>Cancel</button>
        </div>
      </form>
    </Dialog>
  );
}
