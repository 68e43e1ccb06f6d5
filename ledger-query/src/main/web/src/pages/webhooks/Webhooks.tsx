import { answer, type LedgerQuery } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { OfOwner } from '../../app/ownLedger';
import { usePages } from '../../app/read';
import { href } from '../../app/router';
import { useSession } from '../../app/session';
import { Address, Answer, Card, DataTable, grouped, More, SecretOnce, Status, Time } from '../../ui';
import { useWebhookInterval } from './interval';
import { MakeWebhook } from './MakeWebhook';
import { stateOf, typeText, type Webhook } from './webhookWords';

export default function Webhooks() {
  const { may } = useSession();
  // Administrators see what others have made, also where they may make none.
  const onlyLooks = may('admin') && !may('events:subscribe', 'ledger:read:own');
  return (
    <>
      <h1>Webhooks</h1>
      {onlyLooks ? <List owner={undefined} makes={false} />
        : <OfOwner>{owner => <List owner={owner} makes />}</OfOwner>}
    </>
  );
}

function List({ owner, makes }: { owner: string | undefined; makes: boolean }) {
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<LedgerQuery['schemas']['NewWebhook']>();
  const webhooks = usePages('none', ['webhooks'], (ledger, cursor, signal) => answer(ledger.query.GET('/v1/webhooks',
    { signal, params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } } })),
  { every: useWebhookInterval() });
  return (
    <Card title="All webhooks" actions={makes && (
      <button type="button" className="primary" onClick={() => setMaking(true)}>New webhook</button>)}>
      <Answer of={webhooks}>
        {({ pages }) => (
          <>
            <DataTable caption="All webhooks" rowKey={each => each.id} rows={pages.flatMap(each => each.webhooks)}
              empty="There is no webhook: nothing is sent to anybody." columns={[
                { key: 'url', title: 'URL', cell: each => <>
                  <a className="wrap" href={href(['webhooks', each.id])}>{each.url}</a>
                  {each.description && <><br /><span className="muted">{each.description}</span></>}</> },
                { key: 'state', title: 'State', cell: each => <WebhookState of={each} /> },
                { key: 'sends', title: 'Sends', cell: each => <Sends of={each} /> },
                { key: 'waiting', title: 'Wait', align: 'end', cell: each => grouped(each.undelivered) },
                { key: 'delivered', title: 'Delivered last', cell: each => (each.delivered_at === undefined
                  ? <span className="muted">never</span> : <Time of={each.delivered_at} />) },
                { key: 'made', title: 'Made', cell: each => <>{each.made_by}<br />
                  <span className="muted"><Time of={each.created_at} /></span></> },
              ]} />
            <More pages={webhooks} />
          </>
        )}
      </Answer>
      {making && <MakeWebhook owner={owner} onClose={() => setMaking(false)} onMade={each => {
        setMaking(false);
        setMade(each);
      }} />}
      {made && <SecretOnce title="The webhook is there" secret={made.secret} onClose={() => setMade(undefined)}>
        <p>By it the receiver verifies that a message comes from here.</p></SecretOnce>}
    </Card>
  );
}

export function WebhookState({ of }: { of: Webhook }) {
  const { tone, word, why } = stateOf(of);
  return (
    <>
      <Status tone={tone}>{word}</Status>
      {why && <><br /><span className="muted">{why}</span></>}
      {of.enabled && of.failing_since && <><br /><span className="muted">since <Time of={of.failing_since} /></span></>}
    </>
  );
}

export function Sends({ of }: { of: Webhook }) {
  const [first, ...others] = of.owners;
  return (
    <>
      {of.feed === 'alerts' ? 'alerts' : 'events'}
      {of.types.length > 0 && <>: {of.types.map(typeText).join(', ')}</>}
      {first !== undefined && <><br />of <Address of={first} kind="wallet" />
        {others.length > 0 && ` and ${grouped(others.length)} more`}</>}
    </>
  );
}
