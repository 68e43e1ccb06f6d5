import { answer } from 'neuron-ledger-client/browser';
import { useLive } from '../../app/live';
import { usePages } from '../../app/read';
import { useSession } from '../../app/session';
import {
  Address, Amount, Answer, AsOf, Card, DataTable, ExportButton, More, Problem, spanText, Time, type Column,
} from '../../ui';
import { rowsByProvider, useReport, type PeriodRow } from './report';

interface Line {
  readonly provider: string;
  readonly last_used_hour?: string;
  readonly last_settled_at?: string;
}

const NEVER = <span className="muted">never</span>;

export default function Providers() {
  const { may } = useSession();
  const { seen } = useLive();
  const finance = may('finance:read');
  const providers = usePages('all', ['providers'], (ledger, cursor, signal) => answer(ledger.query.GET('/v1/providers',
    { signal, params: { query: { limit: 50, ...(cursor === undefined ? seen.of('all') : { cursor }) } } })));
  const report = useReport('provider', {}, finance);
  const sums = rowsByProvider(report.data?.rows ?? []);
  const sum = (name: 'used' | 'settled' | 'closing', title: string): Column<Line> => ({
    key: `all ${name}`, title, align: 'end', cell: ({ provider }) => {
      const row: PeriodRow | undefined = sums.get(provider);
      return row === undefined ? null : <Amount of={row[name]} />;
    },
  });
  return (
    <>
      <div className="title"><h1>Providers</h1>
        <AsOf of={providers.data?.pages[0]?.as_of} failed={providers.error !== null} /></div>
      <Card title="All providers" actions={<ExportButton what="all providers" begin={(ledger, format) => answer(
        ledger.query.POST('/v1/providers/exports', { params: { query: { format } } }))} />}>
        <Answer of={providers}>
          {({ pages }) => (
            <>
              <DataTable<Line> caption="All providers" rowKey={each => each.provider}
                empty="Nobody has served a request yet." rows={pages.flatMap(each => each.providers)} columns={[
                  { key: 'provider', title: 'Provider', cell: each => <Address of={each.provider} kind="provider" /> },
                  { key: 'served', title: 'Served last, hour of', cell: each => (
                    each.last_used_hour === undefined ? NEVER : <Time of={each.last_used_hour} />) },
                  { key: 'paid', title: 'Settled last', cell: each => (each.last_settled_at === undefined ? NEVER
                    : <Time of={each.last_settled_at} />) },
                  ...(finance ? [
                    sum('used', 'Used'), sum('settled', 'Settled'), sum('closing', 'Unsettled'),
                  ] : []),
                ]} />
              {finance && <p className="muted">Unsettled is what was used, less what was settled and written off; below
                0, more was settled than was reported.</p>}
              {report.data && <div className="row"><span className="muted">The amounts:</span>
                <AsOf of={report.data.as_of} failed={report.error !== null} /></div>}
              {report.data === undefined && report.error && (
                <Problem error={report.error} retry={() => void report.refetch()} />)}
              <More pages={providers} />
            </>
          )}
        </Answer>
      </Card>
      <Services />
    </>
  );
}

function Services() {
  const services = usePages('all', ['services'], (ledger, cursor, signal) => answer(ledger.query.GET('/v1/services',
    { signal, params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } } })));
  return (
    <Card title="Services">
      <Answer of={services}>
        {({ pages }) => (
          <>
            <DataTable caption="Services" rowKey={each => each.service} empty="The contract knows no service yet."
              rows={pages.flatMap(each => each.services)} columns={[
                { key: 'service', title: 'Service', cell: each => each.service },
                { key: 'lock', title: 'A refund waits', align: 'end', cell: each => spanText(each.lock_seconds) },
              ]} />
            <More pages={services} />
          </>
        )}
      </Answer>
    </Card>
  );
}
