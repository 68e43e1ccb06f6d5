import { answer, type LedgerQuery } from 'neuron-ledger-client/browser';
import { useLive } from '../../app/live';
import { monthsUntil, periodOf } from '../../app/months';
import { useRead } from '../../app/read';
import { href, useQueryState } from '../../app/router';
import {
  Address, Amount, Answer, AsOf, Card, Choice, DataTable, DownloadButton, Field, Figure, Figures, grouped, Hash, Time,
  Unverified, useNow,
} from '../../ui';
import { dayOf } from '../../ui/days';

type ProviderStatement = LedgerQuery['schemas']['ProviderStatement'];

const FORMATS = [['application/pdf', 'PDF', 'pdf'], ['text/csv', 'CSV', 'csv'],
  ['application/json', 'JSON', 'json']] as const;

/** The statement of one month: what was owed before it, what came and was paid, and what is owed after it. */
export default function Statement({ provider }: { provider: string }) {
  const { seen } = useLive();
  const [query, change] = useQueryState();
  const today = dayOf(useNow(60));
  const months = monthsUntil(today, 24);
  const month = months.find(each => each === query.get('month')) ?? months[0] ?? '';
  const known = query.get('known_at') ?? '';
  const asked = { ...periodOf(month), ...(known === '' ? {} : { known_at: known }) };
  const statement = useRead('all', ['provider-statement', provider, asked], async (client, signal) => await answer(
    client.query.GET('/v1/providers/{provider}/statement', { signal, headers: { Accept: 'application/json' },
      params: { path: { provider }, query: { ...asked, ...seen.of('all') } } })) as ProviderStatement);
  return (
    <>
      <Card title="Statement" actions={FORMATS.map(([accept, name, ending]) => (
        <DownloadButton key={ending} path={`/v1/providers/${provider}/statement?${new URLSearchParams(asked)}`}
          accept={accept} name={`statement-${provider}-${month}${known && `-known-${known}`}.${ending}`}>
          {`Download ${name}`}</DownloadButton>))}>
        <div className="filters">
          <Choice label="Month (UTC)" value={month} onChange={event => change({ month: event.target.value })}
            options={months.map(each => [each, each] as const)} />
          <Field label="Known at the end of" type="date" value={known} max={today}
            onChange={event => change({ known_at: event.target.value })} hint="UTC; empty: now" />
        </div>
      </Card>
      <Answer of={statement}>
        {({ total, accounts, usage, settlements, as_of: asOf }, failed) => (
          <>
            <Card title="Unsettled amount">
              <AsOf of={asOf} failed={failed} />
              <Figures>
                <Figure name="Opening" note="Before the month"><Amount of={total.opening} /></Figure>
                {total.adjusted !== '0' && <Figure name="Adjusted" note="Became known of closed months">
                  <Amount of={total.adjusted} signed /></Figure>}
                <Figure name="Used" note={`${grouped(total.requests)} requests`}>
                  <Amount of={total.used} signed /><Unverified of={total.unverified_used} /></Figure>
                <Figure name="Settled" note={`By ${grouped(total.settlements)} settlements`}>
                  <Amount of={minus(total.settled)} /></Figure>
                <Figure name="Written off"><Amount of={minus(total.written_off)} /></Figure>
                <Figure name="Closing" note="The sum of these"><Amount of={total.closing} /></Figure>
              </Figures>
            </Card>
            <Card title="By wallet and service">
              <DataTable caption="By wallet and service" rows={accounts} empty="Nothing was used or settled."
                rowKey={each => `${each.owner} ${each.service}`} columns={[
                  { key: 'owner', title: 'Wallet', cell: each => each.owner
                    && <Address of={each.owner} kind="wallet" /> },
                  { key: 'service', title: 'Service', cell: each => each.service },
                  { key: 'opening', title: 'Opening', align: 'end', cell: each => <Amount of={each.opening} /> },
                  ...(accounts.some(each => each.adjusted !== '0') ? [{ key: 'adjusted', title: 'Adjusted',
                    align: 'end' as const, cell: (each: (typeof accounts)[number]) => (
                      <Amount of={each.adjusted} signed />) }] : []),
                  { key: 'used', title: 'Used', align: 'end', cell: each => (
                    <><Amount of={each.used} /><Unverified of={each.unverified_used} /></>) },
                  { key: 'settled', title: 'Settled', align: 'end', cell: each => <Amount of={each.settled} /> },
                  { key: 'written', title: 'Written off', align: 'end', cell: each => (
                    <Amount of={each.written_off} />) },
                  { key: 'closing', title: 'Closing', align: 'end', cell: each => <Amount of={each.closing} /> },
                ]} />
            </Card>
            <Card title="Usage">
              <DataTable caption="Usage by model" rows={usage} empty="No requests."
                rowKey={each => `${each.service} ${each.model} ${each.source}`} columns={[
                  { key: 'service', title: 'Service', cell: each => each.service },
                  { key: 'model', title: 'Model', cell: each => each.model },
                  { key: 'source', title: 'Reported', cell: each => each.source },
                  { key: 'requests', title: 'Requests', align: 'end', cell: each => grouped(each.requests) },
                  { key: 'fees', title: 'Fees', align: 'end', cell: each => (
                    <><Amount of={each.fees} /><Unverified of={each.unverified_fees} /></>) },
                ]} />
            </Card>
            <Card title="Settlements">
              <DataTable caption="Settlements of the month" rows={settlements} empty="No settlement."
                rowKey={each => each.id} columns={[
                  { key: 'id', title: 'Settlement', cell: each => (
                    <a href={href(['settlements', each.id])}>{each.id}</a>) },
                  { key: 'time', title: 'Time', cell: each => <Time of={each.time} /> },
                  { key: 'owner', title: 'Wallet', cell: each => <Address of={each.owner} kind="wallet" /> },
                  { key: 'service', title: 'Service', cell: each => each.service },
                  { key: 'asked', title: 'Asked for', align: 'end', cell: each => <Amount of={each.asked} /> },
                  { key: 'amount', title: 'Paid', align: 'end', cell: each => <Amount of={each.amount} /> },
                  { key: 'written', title: 'Written off', align: 'end', cell: each => (
                    <Amount of={each.written_off} />) },
                  { key: 'transaction', title: 'Transaction', cell: each => each.transaction
                    && <Hash of={each.transaction} to={href(['transactions', each.transaction])}
                      what="transaction" /> },
                ]} />
            </Card>
          </>
        )}
      </Answer>
    </>
  );
}

function minus(amount: string): bigint {
  return -BigInt(amount);
}
