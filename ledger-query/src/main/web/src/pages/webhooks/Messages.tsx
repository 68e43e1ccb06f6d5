import { answer } from 'neuron-ledger-client/browser';
import { useAct } from '../../app/act';
import { usePages } from '../../app/read';
import { useQueryState } from '../../app/router';
import { Address, Answer, Card, DataTable, grouped, More, Problem, Status, Time } from '../../ui';
import { useWebhookInterval } from './interval';
import { MESSAGE_TONES, OUTCOMES, typeText } from './webhookWords';

const STATES = [['', 'All'], ['pending', 'Waiting'], ['delivered', 'Delivered'], ['dead', 'Dead letters']] as const;

/** What was and will be sent; what was given up can be sent again. */
export function Messages({ webhook }: { webhook: string }) {
  const [query, change] = useQueryState();
  const state = STATES.find(([each]) => each === query.get('state'))?.[0] ?? '';
  const every = useWebhookInterval();
  const messages = usePages('none', ['webhook-messages', webhook, state], (ledger, cursor, signal) => answer(
    ledger.query.GET('/v1/webhooks/{id}/messages', { signal, params: { path: { id: webhook }, query: { limit: 25,
      ...(state === '' ? {} : { state: [state] }), ...(cursor === undefined ? {} : { cursor }) } } })), { every });
  const retry = useAct((ledger, message: string) => answer(ledger.query.POST(
    '/v1/webhooks/{id}/messages/{message}/retries', { params: { path: { id: webhook, message } } })),
  ['webhook', 'webhook-messages', 'webhook-deliveries']);
  return (
    <Card title="Messages" actions={STATES.map(([each, name]) => (
      <button key={each} type="button" aria-pressed={each === state} onClick={() => change({ state: each })}>
        {name}</button>))}>
      {retry.error !== null && <Problem error={retry.error} />}
      <Answer of={messages}>
        {({ pages }) => (
          <>
            <DataTable caption="Messages, the newest first" rowKey={each => each.id}
              rows={pages.flatMap(each => each.messages)}
              empty={state === 'dead' ? 'Nothing was given up.' : 'There is no message.'} columns={[
                { key: 'type', title: 'Type', cell: each => typeText(each.type) },
                { key: 'state', title: 'State', cell: each => (
                  <Status tone={MESSAGE_TONES[each.state]}>{each.state}</Status>) },
                { key: 'owner', title: 'Wallet', cell: each => each.owner
                  && <Address of={each.owner} kind="wallet" /> },
                { key: 'attempts', title: 'Attempts', align: 'end', cell: each => grouped(each.attempts) },
                { key: 'created', title: 'Made', cell: each => <Time of={each.created_at} /> },
                { key: 'then', title: 'Ended, or next attempt', cell: each => (each.ended_at !== undefined
                  ? <Time of={each.ended_at} /> : each.next_attempt_at
                    && <>not before <Time of={each.next_attempt_at} /></>) },
                { key: 'id', title: 'Id', cell: each => <code className="wrap">{each.id}</code> },
                ...(pages.some(each => each.messages.some(one => one.state === 'dead')) ? [{ key: 'acts', title: 'Acts',
                  cell: (each: { id: string; state: string }) => each.state === 'dead' && (
                    <div className="acts"><button type="button" disabled={retry.isPending}
                      onClick={() => retry.mutate(each.id)}>Send again</button></div>) }] : []),
              ]} />
            <More pages={messages} />
          </>
        )}
      </Answer>
    </Card>
  );
}

/** Every attempt of the last 30 days. */
export function Deliveries({ webhook }: { webhook: string }) {
  const every = useWebhookInterval();
  const deliveries = usePages('none', ['webhook-deliveries', webhook], (ledger, cursor, signal) => answer(
    ledger.query.GET('/v1/webhooks/{id}/deliveries', { signal, params: { path: { id: webhook },
      query: { limit: 25, ...(cursor === undefined ? {} : { cursor }) } } })), { every });
  return (
    <Card title="Attempts">
      <Answer of={deliveries}>
        {({ pages }) => (
          <>
            <DataTable caption="Attempts, the newest first" empty="Nothing was sent in the last 30 days."
              rows={pages.flatMap(each => each.deliveries)}
              rowKey={each => `${each.message} ${each.attempt} ${each.at}`}
              columns={[
                { key: 'at', title: 'Time', cell: each => <Time of={each.at} /> },
                { key: 'type', title: 'Type', cell: each => typeText(each.type) },
                { key: 'attempt', title: 'Attempt', align: 'end', cell: each => grouped(each.attempt) },
                { key: 'outcome', title: 'Outcome', cell: each => (
                  <Status tone={OUTCOMES[each.outcome].tone}>{OUTCOMES[each.outcome].word}</Status>) },
                { key: 'status', title: 'Status', align: 'end', cell: each => each.status },
                { key: 'took', title: 'Took', align: 'end', cell: each => `${grouped(each.took_ms)} ms` },
                { key: 'message', title: 'Message', cell: each => <code className="wrap">{each.message}</code> },
              ]} />
            <More pages={deliveries} />
          </>
        )}
      </Answer>
    </Card>
  );
}
