import { useQueryClient } from '@tanstack/react-query';
import { answer, ProblemError, type LedgerQuery } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { useAct } from '../../app/act';
import { type PageProps } from '../../app/pages';
import { useRead } from '../../app/read';
import { href, navigate } from '../../app/router';
import { Answer, Card, Confirm, Empty, Problem, SecretOnce, Time } from '../../ui';
import { ChangeWebhook } from './ChangeWebhook';
import { useWebhookInterval } from './interval';
import { Deliveries, Messages } from './Messages';
import { Replay } from './Replay';
import { Sends, WebhookState } from './Webhooks';
import { outcomeText } from './webhookWords';

export default function Webhook({ values: { id = '' } }: PageProps) {
  const [ask, setAsk] = useState<'rotate' | 'replay' | 'change' | 'delete'>();
  const [rotated, setRotated] = useState<LedgerQuery['schemas']['NewWebhookSecret']>();
  const queries = useQueryClient();
  const path = { id };
  const webhook = useRead('none', ['webhook', id], (ledger, signal) => answer(ledger.query.GET('/v1/webhooks/{id}',
    { signal, params: { path } })), { every: useWebhookInterval() });
  const enable = useAct((ledger, enabled: boolean) => answer(ledger.query.PATCH('/v1/webhooks/{id}',
    { params: { path }, body: { enabled } })), ['webhook', 'webhooks']);
  const test = useAct((ledger, _: undefined) => answer(ledger.query.POST('/v1/webhooks/{id}/test',
    { params: { path } })), ['webhook-deliveries']);
  const rotate = useAct((ledger, _: undefined) => answer(ledger.query.POST('/v1/webhooks/{id}/secret/rotations',
    { params: { path } })), ['webhook']);
  const remove = useAct((ledger, _: undefined) => ledger.query.DELETE('/v1/webhooks/{id}', { params: { path } }),
    ['webhooks']);
  const close = () => setAsk(undefined);
  if (webhook.error instanceof ProblemError && webhook.error.status === 404) {
    return <><h1>Webhook</h1><Empty>There is no such webhook: it was deleted, or is another caller's.</Empty></>;
  }
  return (
    <>
      <div className="title"><h1>Webhook</h1>
        <div className="row">
          <button type="button" onClick={() => void queries.invalidateQueries({
            predicate: ({ queryKey }) => String(queryKey[1]).startsWith('webhook') })}>Read again</button>
          <a href={href(['webhooks'])}>All webhooks</a>
        </div>
      </div>
      <Answer of={webhook}>
        {found => (
          <Card title={<span className="wrap">{found.url}</span>} actions={
            <>
              <button type="button" disabled={test.isPending} onClick={() => test.mutate(undefined)}>
                {test.isPending ? 'Sending…' : 'Send a test'}</button>
              <button type="button" onClick={() => setAsk('change')}>Change</button>
              <button type="button" disabled={enable.isPending} onClick={() => enable.mutate(!found.enabled)}>
                {found.enabled ? 'Disable' : 'Enable'}</button>
              <button type="button" onClick={() => setAsk('replay')}>Replay</button>
              <button type="button" onClick={() => {
                rotate.reset();
                setAsk('rotate');
              }}>New secret</button>
              <button type="button" className="danger" onClick={() => {
                remove.reset();
                setAsk('delete');
              }}>Delete</button>
            </>
          }>
            {enable.error !== null && <Problem error={enable.error} />}
            {test.error !== null && <Problem error={test.error} />}
            {test.data && (
              <p role="status" className={test.data.outcome === 'delivered' ? 'notice good' : 'notice bad'}>
                The test at <Time of={test.data.at} />: {outcomeText(test.data)}.</p>
            )}
            <dl className="facts">
              <dt>State</dt><dd><WebhookState of={found} /></dd>
              {found.description && <><dt>Description</dt><dd>{found.description}</dd></>}
              <dt>Sends</dt><dd><Sends of={found} /></dd>
              <dt>Messages that wait</dt><dd>{found.undelivered}</dd>
              {found.paused_until && <><dt>Next attempt</dt><dd>not before <Time of={found.paused_until} /></dd></>}
              <dt>Delivered last</dt>
              <dd>{found.delivered_at === undefined ? 'never' : <Time of={found.delivered_at} />}</dd>
              <dt>Has looked at events until</dt><dd><code>{found.after}</code></dd>
              {found.disabled && <><dt>Disabled</dt><dd><Time of={found.disabled.at} /></dd></>}
              <dt>Made</dt><dd>{found.made_by}, <Time of={found.created_at} /></dd>
              <dt>Id</dt><dd><code>{found.id}</code></dd>
            </dl>
            {ask === 'change' && <ChangeWebhook webhook={found} onClose={close} />}
          </Card>
        )}
      </Answer>
      <Messages webhook={id} />
      <Deliveries webhook={id} />
      {ask === 'replay' && <Replay webhook={id} onClose={close} />}
      {ask === 'rotate' && (
        <Confirm title="Make a new secret?" label="Make a new secret" danger={false} of={rotate} onClose={close}
          act={() => rotate.mutate(undefined, { onSuccess: each => {
            close();
            setRotated(each);
          } })}>
          <p>For 24 hours each message is signed by both, and the receiver accepts it by either. Then by the new one
            alone.</p>
        </Confirm>
      )}
      {rotated && <SecretOnce title="The new secret" secret={rotated.secret} onClose={() => setRotated(undefined)}>
        <p>The secret before signs until <Time of={rotated.previous_expires_at} />.</p></SecretOnce>}
      {ask === 'delete' && (
        <Confirm title="Delete this webhook?" label="Delete the webhook" of={remove} onClose={close}
          act={() => remove.mutate(undefined, { onSuccess: () => navigate(href(['webhooks'])) })}>
          <p>Its messages and its log go with it. What is being sent at this moment may still arrive.</p>
        </Confirm>
      )}
    </>
  );
}
