import { answer, type LedgerQuery } from 'neuron-ledger-client/browser';
import { useState, type FormEvent } from 'react';
import { useAct } from '../../app/act';
import { Choice, Dialog, Field, Problem, TextArea } from '../../ui';
import { addressesOf } from '../alerts/ruleForm';
import { TypesChoice } from './TypesChoice';

type NewWebhook = LedgerQuery['schemas']['NewWebhook'];

interface Wanted {
  readonly feed: 'events' | 'alerts';
  readonly url: string;
  readonly description: string;
  readonly types: string[];
  readonly after: string;
  readonly owners: string[];
}

/** Makes a webhook: of one wallet, or of all or some. The answer has the secret, this once. */
export function MakeWebhook({ owner, onMade, onClose }:
{ owner: string | undefined; onMade: (made: NewWebhook) => void; onClose: () => void }) {
  const [feed, setFeed] = useState<'events' | 'alerts'>('events');
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [types, setTypes] = useState<readonly string[]>([]);
  const [after, setAfter] = useState<'now' | 'beginning'>('now');
  const [owners, setOwners] = useState('');
  const [wrong, setWrong] = useState<string>();
  const make = useAct(async (ledger, { owners: some, ...body }: Wanted) => owner === undefined
    ? await answer(ledger.query.POST('/v1/webhooks', { body: { ...body, owners: some } }))
    : await answer(ledger.query.POST('/v1/ledgers/{owner}/webhooks', { params: { path: { owner } }, body })),
  ['webhooks']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const some = addressesOf(owners);
    setWrong(some === undefined ? 'An address is 0x and 40 hexadecimal digits.' : undefined);
    if (some !== undefined) {
      make.mutate({ feed, url: url.trim(), description: description.trim(), types: [...types], after,
        owners: [...some] }, { onSuccess: onMade });
    }
  };
  return (
    <Dialog title="New webhook" onClose={make.isPending ? undefined : onClose}>
      <form className="form" onSubmit={submit}>
        <Field label="URL" type="url" required maxLength={2000} value={url}
          onChange={event => setUrl(event.target.value)}
          placeholder="https://receiver.example.com/ledger" spellCheck={false} autoComplete="off"
          hint="https, at the public internet. Each event is one signed POST." />
        <Field label="Description" maxLength={200} value={description}
          onChange={event => setDescription(event.target.value)} hint="For people" />
        <Choice label="What is sent" value={feed} options={[['events', 'What happens to money'], ['alerts', 'Alerts']]}
          onChange={event => {
            setFeed(event.target.value === 'alerts' ? 'alerts' : 'events');
            setTypes([]);
          }} />
        <TypesChoice feed={feed} chosen={types} onChange={setTypes} />
        {owner === undefined && (
          <TextArea label="Wallets" rows={2} value={owners} problem={wrong} spellCheck={false}
            hint="Addresses, at most 1,000; empty: all" onChange={event => setOwners(event.target.value)} />
        )}
        <Choice label="Begins" value={after} options={[['now', 'With what comes from now on'],
          ['beginning', 'With the first event that there is']]}
          onChange={event => setAfter(event.target.value === 'beginning' ? 'beginning' : 'now')} />
        {make.error !== null && <Problem error={make.error} />}
        <div className="row">
          <button className="primary" disabled={make.isPending}>
            {make.isPending ? 'Working…' : 'Make the webhook'}</button>
          <button type="button" disabled={make.isPending} onClick={onClose}>Cancel</button>
        </div>
      </form>
    </Dialog>
  );
}
