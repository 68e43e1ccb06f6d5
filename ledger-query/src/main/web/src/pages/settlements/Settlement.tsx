import { answer, lines } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { type PageProps } from '../../app/pages';
import { usePages, useRead } from '../../app/read';
import { href } from '../../app/router';
import { useSession } from '../../app/session';
import { Address, Amount, Answer, AsOf, Card, ExportButton, Figure, Figures, grouped, Hash, More,
  Time } from '../../ui';
import { EvidenceOf } from '../search/EvidenceOf';
import { Discrepancies } from './Discrepancies';
import { Requests } from './Requests';
import { SettlementStatus } from './SettlementRows';
import { SETTLEMENT_STATES, type Discrepancy, type Settlement as Shown } from './terms';
import { LateReportDialog } from './UsageForm';

export default function Settlement({ values: { id = '' } }: PageProps) {
  const { config } = useSession();
  const [reporting, setReporting] = useState(false);
  const found = usePages('all', ['settlement', id], (ledger, cursor, signal) => answer(ledger.query.GET(
    '/v1/settlements/{id}', { signal, params: { path: { id }, query: { limit: 100,
      ...(cursor === undefined ? {} : { cursor }) } } })));
  const newest = found.data?.pages[0];
  return (
    <>
      <div className="title">
        <h1>Settlement {id}</h1>
        <AsOf of={newest?.as_of} failed={found.error !== null} />
      </div>
      <Answer of={found}>
        {({ pages }) => pages[0] && (
          <>
            <Summary of={pages[0].settlement} />
            <Differences of={pages[0].settlement} />
            <Card title={`Requests that it covers: ${grouped(pages[0].settlement.requests)}`} wide actions={
              <>
                {config.services.command !== undefined && pages[0].settlement.state !== 'retracted' && (
                  <button type="button" onClick={() => setReporting(true)}>Report a request…</button>
                )}
                <ExportButton what="requests" begin={(ledger, format) => answer(ledger.query.POST(
                  '/v1/settlements/{id}/exports', { params: { path: { id }, query: { format } } }))} />
              </>}>
              <Requests rows={pages.flatMap(each => each.matched_requests)}
                empty="No reported request: nobody has reported what it claims." />
              <More pages={found} />
            </Card>
            {reporting && <LateReportDialog onClose={() => setReporting(false)} of={{
              owner: pages[0].settlement.owner, provider: pages[0].settlement.provider,
              service: pages[0].settlement.service, when: pages[0].settlement.block_time }} />}
          </>
        )}
      </Answer>
    </>
  );
}

function Summary({ of }: { of: Shown }) {
  return (
    <>
      <Card title="How it matches" wide actions={<SettlementStatus of={of} />}>
        <p className="muted">{SETTLEMENT_STATES[of.state].meaning}.</p>
        <Figures>
          <Figure name="Claimed" note="Settled and written off"><Amount of={of.asked} /></Figure>
          <Figure name="Fees of its requests"><Amount of={of.fee_sum} /></Figure>
          <Figure name="Difference" note={of.unreported === '0' ? undefined
            : <>of it unreported <Amount of={of.unreported} /></>}><Amount of={of.difference} signed /></Figure>
          <Figure name="Settled" note="What the provider got"><Amount of={of.amount} /></Figure>
          <Figure name="Written off" note="The balance was smaller"><Amount of={of.written_off} /></Figure>
          {of.inside !== '0' && <Figure name="Inside a request" note="Where the settled total ends">
            <Amount of={of.inside} /></Figure>}
        </Figures>
      </Card>
      <Card title="Where it is from" wide>
        <dl className="facts">
          <dt>Wallet</dt><dd><Address of={of.owner} kind="wallet" /></dd>
          <dt>Provider</dt><dd><Address of={of.provider} kind="provider" /></dd>
          <dt>Service</dt><dd>{of.service}</dd>
          <dt>Block</dt><dd><a href={href(['blocks', String(of.position.block)])}>{grouped(of.position.block)}</a></dd>
          <dt>Block time</dt><dd><Time of={of.block_time} beside /></dd>
          {of.transaction_hash && <><dt>Transaction</dt><dd><Hash of={of.transaction_hash}
            to={href(['transactions', of.transaction_hash])} what="transaction hash" /></dd></>}
          {of.evidence && <><dt>Evidence</dt><dd><EvidenceOf of={of.evidence} /></dd></>}
          {of.nonce && <><dt>Nonce</dt><dd>{of.nonce}</dd></>}
        </dl>
      </Card>
    </>
  );
}

/** What does not match about this settlement, of any state. */
function Differences({ of: { id, owner, provider, service } }: { of: Shown }) {
  const found = useRead('all', ['differences', id], async (ledger, signal) => {
    const all: Discrepancy[] = [];
    for await (const each of lines(ledger.query, '/v1/discrepancies', 'discrepancies', { query: { owner,
      provider: [provider], service: [service], kind: ['settlement-unreported', 'settlement-boundary'] } })) {
      signal.throwIfAborted(); // Nobody waits for the pages after this one.
      if (each.settlement === id) {
        all.push(each);
      }
    }
    return all;
  });
  return (
    <Card title="Discrepancies" wide>
      <Answer of={found}>
        {rows => <Discrepancies rows={rows} empty="None: nothing has to be decided about it." />}
      </Answer>
    </Card>
  );
}
