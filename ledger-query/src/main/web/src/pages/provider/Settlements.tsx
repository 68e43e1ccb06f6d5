import { answer } from 'neuron-ledger-client/browser';
import { useLive } from '../../app/live';
import { usePages } from '../../app/read';
import { href, useQueryState } from '../../app/router';
import {
  Address, Amount, Answer, AsOf, Card, Choices, DataTable, ExportButton, Field, Filters, grouped, Hash, More, Status,
  Time, type Tone,
} from '../../ui';

const STATES = [['matched', 'Matched'], ['over', 'Over'], ['under', 'Under'], ['unreported', 'Unreported']] as const;
const TONES: Record<(typeof STATES)[number][0] | 'retracted', Tone> = {
  matched: 'good', over: 'warn', under: 'warn', unreported: 'bad', retracted: 'idle',
};

/** The settlements of a provider, with how each compares with the requests that it covers. */
export default function Settlements({ provider }: { provider: string }) {
  const { seen } = useLive();
  const [query] = useQueryState();
  const text = (name: string) => query.get(name) ?? '';
  const filter = {
    provider: [provider],
    ...(query.has('state')
      ? { state: STATES.map(([each]) => each).filter(each => query.getAll('state').includes(each)) } : {}),
    ...(text('start') === '' ? {} : { start_date: text('start') }),
    ...(text('end') === '' ? {} : { end_date: text('end') }),
  };
  const settlements = usePages('all', ['settlements', filter], (ledger, cursor, signal) => answer(ledger.query.GET(
    '/v1/settlements', { signal, params: { query: { ...filter, limit: 50,
      ...(cursor === undefined ? seen.of('all') : { cursor }) } } })));
  return (
    <>
      <Card title="Filters">
        <Filters names={['start', 'end', 'state']}>
          <Field label="From (UTC)" type="date" name="start" defaultValue={text('start')} />
          <Field label="Until (UTC)" type="date" name="end" defaultValue={text('end')} />
          <Choices label="State" name="state" options={STATES} />
        </Filters>
      </Card>
      <AsOf of={settlements.data?.pages[0]?.as_of} failed={settlements.error !== null} />
      <Card title="Settlements" actions={<ExportButton what="these settlements" begin={(ledger, format) => answer(
        ledger.query.POST('/v1/settlements/exports', { params: { query: { ...filter, format } } }))} />}>
        <Answer of={settlements}>
          {({ pages }) => (
            <>
              <DataTable caption="Settlements" empty="No settlement of this provider is like this."
                rowKey={each => each.id} rows={pages.flatMap(each => each.settlements)} columns={[
                  { key: 'id', title: 'Settlement', cell: each => (
                    <a href={href(['settlements', each.id])}>{each.id}</a>) },
                  { key: 'time', title: 'Time', cell: each => <Time of={each.block_time} /> },
                  { key: 'owner', title: 'Wallet', cell: each => <Address of={each.owner} kind="wallet" /> },
                  { key: 'service', title: 'Service', cell: each => each.service },
                  { key: 'state', title: 'State', cell: each => (
                    <span className="row"><Status tone={TONES[each.state]}>{each.state}</Status>
                      {each.quarantined && <Status tone="bad">quarantined</Status>}</span>) },
                  { key: 'requests', title: 'Requests', align: 'end', cell: each => grouped(each.requests) },
                  { key: 'asked', title: 'Asked for', align: 'end', cell: each => <Amount of={each.asked} /> },
                  { key: 'amount', title: 'Paid', align: 'end', cell: each => <Amount of={each.amount} /> },
                  { key: 'difference', title: 'Difference', align: 'end', cell: each => (
                    <Amount of={each.difference} signed />) },
                  { key: 'transaction', title: 'Transaction', cell: each => each.transaction_hash
                    && <Hash of={each.transaction_hash} to={href(['transactions', each.transaction_hash])}
                      what="transaction" /> },
                ]} />
              <More pages={settlements} />
            </>
          )}
        </Answer>
      </Card>
    </>
  );
}
