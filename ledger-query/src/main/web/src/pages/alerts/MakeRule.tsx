import { answer } from 'neuron-ledger-client/browser';
import { useState, type FormEvent } from 'react';
import { useAct } from '../../app/act';
import { UNIT_NAMES, type Unit } from '../../app/durations';
import { Choice, Dialog, Field, Problem, TextArea } from '../../ui';
import { KIND_OPTIONS, KINDS, type AlertKind } from './alertWords';
import { bodyOf, EMPTY_RULE, FIELDS, type RuleBody, type RuleField, type RuleForm } from './ruleForm';

/** Makes a rule. What holds already is raised at once. */
export function MakeRule({ owner, onClose }: { owner: string | undefined; onClose: () => void }) {
  const [form, setForm] = useState<RuleForm>(EMPTY_RULE);
  const [wrong, setWrong] = useState<Partial<Record<RuleField, string>>>({});
  const make = useAct(async (ledger, body: RuleBody) => answer(ledger.query.POST('/v1/alert-rules',
    { params: { query: owner === undefined ? {} : { owner } }, body })), ['alert-rules', 'alerts']);
  const set = (change: Partial<RuleForm>) => setForm({ ...form, ...change });
  const has = (field: RuleField) => FIELDS[form.kind].includes(field);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = bodyOf(form, owner !== undefined);
    setWrong('wrong' in read ? read.wrong : {});
    if ('body' in read) {
      make.mutate(read.body, { onSuccess: onClose });
    }
  };
  const text = (field: 'threshold' | 'recoverAt' | 'provider' | 'service' | 'count') => ({
    value: form[field], problem: wrong[field], spellCheck: false, autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
  });
  const lag = form.kind === 'following-behind';
  return (
    <Dialog title="New alert rule" onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <Choice label="What is looked at" value={form.kind} hint={KINDS[form.kind].when}
          options={KIND_OPTIONS.filter(([kind]) => owner === undefined || KINDS[kind].ofWallets)}
          onChange={event => set({ kind: event.target.value as AlertKind, unit: 'hours' })} />
        {has('balance') && (
          <Choice label="Balance" value={form.balance} options={[['available', 'Available'], ['total', 'Total']]}
            onChange={event => set({ balance: event.target.value === 'total' ? 'total' : 'available' })} />
        )}
        {has('threshold') && (
          <div className="filters">
            <Field label="Raised below (0G)" inputMode="decimal" required {...text('threshold')} />
            <Field label="Recovers from (0G)" inputMode="decimal" hint="Empty: the same" {...text('recoverAt')} />
          </div>
        )}
        {has('count') && (
          <div className="filters">
            <Field label={lag ? 'More than' : form.kind === 'runway-below' ? 'Within' : 'For at least'} required
              inputMode="numeric" {...text('count')} />
            <Choice label="Unit" value={form.unit}
              onChange={event => set({ unit: event.target.value as Unit | 'blocks' })}
              options={lag ? [['blocks', 'Blocks'], ...UNIT_NAMES] : UNIT_NAMES} />
          </div>
        )}
        {has('provider') && <Field label="Provider" hint="An address; empty: any" {...text('provider')} />}
        {has('service') && <Field label="Service" hint="Empty: any" {...text('service')} />}
        {has('owners') && owner === undefined && (
          <TextArea label="Wallets" rows={2} value={form.owners} problem={wrong.owners} spellCheck={false}
            hint="Addresses, at most 1,000; empty: all" onChange={event => set({ owners: event.target.value })} />
        )}
        {make.error !== null && <Problem error={make.error} />}
        <div className="row">
          <button className="primary" disabled={make.isPending}>{make.isPending ? 'Working…' : 'Make the rule'}</button>
          <button type="button" onClick={onClose}>Cancel</button>
        </div>
      </form>
    </Dialog>
  );
}
