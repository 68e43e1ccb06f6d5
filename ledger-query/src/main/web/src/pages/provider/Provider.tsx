import { answer, ProblemError } from 'neuron-ledger-client/browser';
import { lazy, Suspense } from 'react';
import { useLive } from '../../app/live';
import { type PageProps } from '../../app/pages';
import { useRead } from '../../app/read';
import { href, useQueryState } from '../../app/router';
import { useSession } from '../../app/session';
import {
  Address, Amount, Answer, AsOf, Card, DataTable, Empty, Figure, Figures, grouped, Loading, Meter, Unverified,
} from '../../ui';
import { sharesOf, useReport } from './report';

const Statement = lazy(() => import('./Statement'));
const Settlements = lazy(() => import('./Settlements'));

const VIEWS = [['sums', 'Sums'], ['statement', 'Statement'], ['settlements', 'Settlements']] as const;

export default function Provider({ values: { provider: asked = '' } }: PageProps) {
  const { may } = useSession();
  const { seen } = useLive();
  const [query] = useQueryState();
  const finance = may('finance:read');
  const view = finance ? VIEWS.find(([each]) => each === query.get('view'))?.[0] ?? 'sums' : 'sums';
  const sums = useRead('all', ['provider', asked], (ledger, signal) => answer(ledger.query.GET(
    '/v1/providers/{provider}', { signal, params: { path: { provider: asked }, query: seen.of('all') } })));
  if (sums.error instanceof ProblemError && sums.error.status === 404) {
    return (
      <>
        <h1>Provider</h1>
        <Empty>No provider of this ledger has this address: <span className="wrap">{asked}</span></Empty>
      </>
    );
  }
  const provider = sums.data?.provider ?? asked;
  return (
    <>
      <div className="title"><h1>Provider <Address of={provider} kind="plain" whole /></h1></div>
      {finance && (
        <nav className="tabs" aria-label="Parts of this provider">
          {VIEWS.map(([each, name]) => (
            <a key={each} href={href(['providers', asked], { view: each === 'sums' ? undefined : each })}
              aria-current={each === view ? 'page' : undefined}>{name}</a>
          ))}
        </nav>
      )}
      <Suspense fallback={<Loading />}>
        {view === 'statement' && <Statement provider={provider} />}
        {view === 'settlements' && <Settlements provider={provider} />}
      </Suspense>
      {view === 'sums' && (
        <>
          <Answer of={sums}>
            {(found, failed) => {
              const { settled, writtenOff, unsettled } = sharesOf(found);
              return (
                <>
                  <AsOf of={found.as_of} failed={failed} />
                  <Card title="Served and paid">
                    <Figures>
                      <Figure name="Requests served" note={`Against ${grouped(found.sub_accounts)} sub-accounts of `
                        + `${grouped(found.owners)} wallets`}>{grouped(found.requests)}</Figure>
                      <Figure name="Used" note="Their fees"><Amount of={found.used} />
                        <Unverified of={found.unverified_used} /></Figure>
                      <Figure name="Settled" note="Paid to the provider"><Amount of={found.settled} /></Figure>
                      <Figure name="Unsettled" note="Used, and not settled"><Amount of={found.unsettled} /></Figure>
                      <Figure name="Written off" note="Asked for, and not there">
                        <Amount of={found.written_off} /></Figure>
                      <Figure name="Unreported" note="Settled beyond all reported usage">
                        <Amount of={found.unreported} /></Figure>
                      {found.router_requests > 0 && (
                        <Figure name="Through routers" note={`${grouped(found.router_requests)} requests, in none of `
                          + 'the other sums'}><Amount of={found.router_used} />
                          <Unverified of={found.unverified_router_used} /></Figure>
                      )}
                    </Figures>
                    {found.used !== '0' && <Meter label="What became of the fees" parts={[
                      { name: 'Settled', amount: settled, kind: 'spendable' },
                      { name: 'Unsettled', amount: unsettled, kind: 'unsettled' },
                      { name: 'Written off', amount: writtenOff, kind: 'short' },
                    ]} />}
                  </Card>
                </>
              );
            }}
          </Answer>
          {finance && <ByAccount provider={provider} />}
        </>
      )}
    </>
  );
}

function ByAccount({ provider }: { provider: string }) {
  const report = useReport('sub-account', { provider }, true);
  return (
    <Card title="By wallet and service">
      <Answer of={report}>
        {({ rows, as_of: asOf }, failed) => (
          <>
            <DataTable caption="By wallet and service" rows={rows} empty="No usage and no settlement."
              rowKey={each => `${each.owner} ${each.service}`} columns={[
                { key: 'owner', title: 'Wallet',
                  cell: each => each.owner && <Address of={each.owner} kind="wallet" /> },
                { key: 'service', title: 'Service', cell: each => each.service },
                { key: 'requests', title: 'Requests', align: 'end', cell: each => grouped(each.requests) },
                { key: 'used', title: 'Used', align: 'end', cell: each => (
                  <><Amount of={each.used} /><Unverified of={each.unverified_used} /></>) },
                { key: 'settled', title: 'Settled', align: 'end', cell: each => <Amount of={each.settled} /> },
                { key: 'written', title: 'Written off', align: 'end', cell: each => <Amount of={each.written_off} /> },
                { key: 'closing', title: 'Unsettled', align: 'end', cell: each => <Amount of={each.closing} /> },
              ]} />
            <AsOf of={asOf} failed={failed} />
          </>
        )}
      </Answer>
    </Card>
  );
}
