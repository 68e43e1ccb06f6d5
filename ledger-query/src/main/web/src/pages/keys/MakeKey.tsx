import { answer, type LedgerCommand } from 'neuron-ledger-client/browser';
import { useState, type FormEvent } from 'react';
import { useAct } from '../../app/act';
import { type Scope } from '../../app/scopes';
import { useSession } from '../../app/session';
import { Dialog, Field, Problem } from '../../ui';
import { dayAfter, DAYS_MAX, keyBodyOf, type KeyBody, type KeyForm, type KeyWrong } from './keyForm';
import { givable, SCOPES } from './scopeWords';

type NewKey = LedgerCommand['schemas']['NewApiKey'];

/** Makes a key for a service. The answer has its secret, this once. */
export function MakeKey({ onMade, onClose }: { onMade: (made: NewKey) => void; onClose: () => void }) {
  const { caller } = useSession();
  const [now] = useState(() => Date.now());
  const [form, setForm] = useState<KeyForm>({ name: '', scopes: [], owner: '', provider: '',
    until: dayAfter(now, 90) });
  const [wrong, setWrong] = useState<KeyWrong>({});
  const make = useAct((ledger, body: KeyBody) => answer(ledger.command.POST('/v1/keys', { body })), ['keys']);
  const set = (change: Partial<KeyForm>) => setForm({ ...form, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = keyBodyOf(form, Date.now());
    setWrong('wrong' in read ? read.wrong : {});
    if ('body' in read) {
      make.mutate(read.body, { onSuccess: onMade });
    }
  };
  const choose = (scope: Scope, chosen: boolean) => set({ scopes: chosen ? [...form.scopes, scope]
    : form.scopes.filter(each => each !== scope) });
  return (
    <Dialog title="New API key" onClose={make.isPending ? undefined : onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <Field label="Name" value={form.name} problem={wrong.name} maxLength={100} autoComplete="off" required
          onChange={event => set({ name: event.target.value })} hint="Which program has it" />
        <fieldset className="scopes">
          <legend>May</legend>
          {givable(caller?.scopes ?? new Set<Scope>()).map(each => (
            <label key={each} className="check">
              <input type="checkbox" checked={form.scopes.includes(each)}
                onChange={event => choose(each, event.target.checked)} />
              <span>{SCOPES[each]} <code className="muted">{each}</code></span>
            </label>
          ))}
          {wrong.scopes && <p className="wrong">{wrong.scopes}</p>}
        </fieldset>
        {form.scopes.includes('ledger:read:own') && (
          <Field label="Wallet" value={form.owner} problem={wrong.owner} spellCheck={false} autoComplete="off" required
            onChange={event => set({ owner: event.target.value })} hint="Whose ledger it reads" />
        )}
        {form.scopes.includes('usage:write') && (
          <Field label="Provider" value={form.provider} problem={wrong.provider} spellCheck={false} autoComplete="off"
            required onChange={event => set({ provider: event.target.value })} hint="Whose usage it reports" />
        )}
        <Field label="Good until the beginning of (UTC)" type="date" value={form.until} problem={wrong.until}
          min={dayAfter(now, 1)} max={dayAfter(now, DAYS_MAX)} onChange={event => set({ until: event.target.value })} />
        {make.error !== null && <Problem error={make.error} />}
        <div className="row">
          <button className="primary" disabled={make.isPending}>{make.isPending ? 'Working…' : 'Make the key'}</button>
          <button type="button" disabled={make.isPending} onClick={onClose}>Cancel</button>
        </div>
      </form>
    </Dialog>
  );
}
