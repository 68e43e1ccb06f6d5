import { answer, type LedgerCommand } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { useAct } from '../../app/act';
import { instantAfter } from '../../app/durations';
import { Choice, Confirm, Field } from '../../ui';
import { dayAfter, DAYS_MAX, endOf, type ApiKey } from './keyForm';

/** How long the secret before stays good, in seconds. */
const OVERLAPS: readonly (readonly [string, string])[] = [
  ['3600', '1 hour'], ['86400', '1 day'], ['604800', '7 days'], ['1209600', '14 days'], ['0', 'It ends at once'],
];

/** Gives a key a new secret. The one before stays good for a while, so that the service can change over. */
export function RotateKey({ of, onRotated, onClose }:
{ of: ApiKey; onRotated: (key: LedgerCommand['schemas']['NewApiKey']) => void; onClose: () => void }) {
  const [now] = useState(() => Date.now());
  const [overlap, setOverlap] = useState('86400');
  const [until, setUntil] = useState('');
  const [wrong, setWrong] = useState<string>();
  const rotate = useAct((ledger, body: { previous_expires_at: string; expires_at?: string }) => answer(
    ledger.command.POST('/v1/keys/{id}/rotations', { params: { path: { id: of.id } }, body })), ['keys']);
  const act = () => {
    const end = until === '' ? undefined : endOf(until, Date.now());
    if (until !== '' && end === undefined) {
      setWrong(`A day from ${dayAfter(now, 1)} to ${dayAfter(now, DAYS_MAX)}.`);
      return;
    }
    setWrong(undefined);
    rotate.mutate({ previous_expires_at: instantAfter(Date.now(), Number(overlap)),
      ...(end === undefined ? {} : { expires_at: end }) }, { onSuccess: onRotated });
  };
  return (
    <Confirm title={`A new secret for “${of.name}”`} label="Make a new secret" danger={false} of={rotate} act={act}
      onClose={onClose}>
      <Choice label="The secret before stays good for" value={overlap} options={OVERLAPS}
        onChange={event => setOverlap(event.target.value)} hint="Give the new one to the program within that time." />
      <Field label="Good until the beginning of (UTC)" type="date" value={until} problem={wrong} min={dayAfter(now, 1)}
        max={dayAfter(now, DAYS_MAX)} onChange={event => setUntil(event.target.value)} hint="Empty: as before" />
    </Confirm>
  );
}
