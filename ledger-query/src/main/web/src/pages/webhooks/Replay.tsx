import { answer } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { useAct } from '../../app/act';
import { Choice, Confirm, Field } from '../../ui';
import { typedInstant } from './webhookWords';

type Way = 'from' | 'after' | 'beginning';

const WAYS: readonly (readonly [Way, string])[] = [
  ['from', 'A time'], ['after', 'An event'], ['beginning', 'The first event that there is'],
];

/** Has events sent again, under the same ids: a receiver that knows what it has drops them. */
export function Replay({ webhook, onClose }: { webhook: string; onClose: () => void }) {
  const [way, setWay] = useState<Way>('from');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string>();
  const replay = useAct((ledger, body: { from: string } | { after: string }) => answer(ledger.query.POST(
    '/v1/webhooks/{id}/replays', { params: { path: { id: webhook } }, body })), ['webhook', 'webhook-messages']);
  const begin = () => {
    const from = typedInstant(text);
    if (way === 'from' && from === undefined) {
      setWrong('A date and a time.');
    } else if (way === 'after' && text.trim() === '') {
      setWrong('The id of an event.');
    } else {
      setWrong(undefined);
      replay.mutate(way === 'from' ? { from: from ?? '' } : { after: way === 'after' ? text.trim() : 'beginning' },
        { onSuccess: onClose });
    }
  };
  return (
    <Confirm title="Send events again" label="Send again" danger={false} of={replay} act={begin} onClose={onClose}>
      <p>Messages keep their ids, so a receiver that knows what it has drops what comes twice. What waits comes
        first.</p>
      <Choice label="From" value={way} options={WAYS} onChange={event => {
        setWay(event.target.value as Way);
        setText('');
        setWrong(undefined);
      }} />
      {way === 'from' && <Field label="Recorded then or later (UTC)" type="datetime-local" step={1} value={text}
        problem={wrong} onChange={event => setText(event.target.value)}
        hint="Clocks are not exact: take it some seconds earlier." />}
      {way === 'after' && <Field label="After the event with the id" value={text} problem={wrong} spellCheck={false}
        onChange={event => setText(event.target.value)} hint="As the stream of events has it, such as 3-41." />}
    </Confirm>
  );
}
