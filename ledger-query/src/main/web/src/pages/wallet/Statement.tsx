import { answer, ProblemError, type LedgerQuery } from 'neuron-ledger-client/browser';
import { useLive } from '../../app/live';
import { monthsUntil, periodOf } from '../../app/months';
import { useRead } from '../../app/read';
import { useQueryState } from '../../app/router';
import {
  Address,
  Amount,
  Answer,
  AsOf,
  Card,
  Choice,
  DataTable,
  DownloadButton,
  Figure,
  Figures,
  grouped,
  Unverified,
  useNow,
} from '../../ui';
import { dayOf } from '../../ui/days';

type StatementView = LedgerQuery['schemas']['Statement'];

const FORMATS = [
  ['application/pdf', 'PDF', 'pdf'],
  ['text/csv', 'CSV', 'csv'],
  ['application/json', 'JSON', 'json'],
] as const;

export default function Statement({ owner }: { owner: string }) {
  const { seen } = useLive();
  const [query, change] = useQueryState();
  const months = monthsUntil(dayOf(useNow(60)), 24);
  const month = months.find(each => each === query.get('month')) ?? months[0] ?? '';
  const period = periodOf(month);
  const statement = useRead(
    owner,
    ['statement', month],
    async (client, signal) =>
      (await answer(
        client.query.GET('/v1/ledgers/{owner}/statement', {
          signal,
          headers: { Accept: 'application/json' },
          params: { path: { owner }, query: { ...period, ...seen.of(owner) } },
        }),
      )) as StatementView,
  );
  return (
    <>
      <Card
        title="Statement"
        actions={FORMATS.map(([accept, name, ending]) => (
          <DownloadButton
            key={ending}
            path={`/v1/ledgers/${owner}/statement?${new URLSearchParams(period)}`}
            accept={accept}
            name={`statement-${owner}-${month}.${ending}`}>
            {`Download ${name}`}
          </DownloadButton>
        ))}>
        <div className="filters">
          <Choice
            label="Month (UTC)"
            value={month}
            onChange={event => change({ month: event.target.value })}
            options={months.map(each => [each, each] as const)}
          />
        </div>
      </Card>
      {statement.error instanceof ProblemError && statement.error.code === 'ledger-not-found' ? (
        <p className="empty">This wallet has no ledger.</p>
      ) : (
        <Answer of={statement}>
          {({ opening, closing, accounts, usage, as_of: asOf }, failed) => (
            <>
              <Card title="Balance">
                <Figures>
                  <Figure
                    name="Opening"
                    note={
                      opening.block === undefined ? 'before the first block' : `at block ${grouped(opening.block)}`
                    }>
                    <Amount of={opening.total} />
                  </Figure>
                  <Figure
                    name="Closing"
                    note={closing.block === undefined ? undefined : `at block ${grouped(closing.block)}`}>
                    <Amount of={closing.total} />
                  </Figure>
                </Figures>
                <AsOf of={asOf} failed={failed} />
              </Card>
              <Card title="Accounts">
                <DataTable
                  caption="Opening, movements and closing of each account"
                  rows={accounts}
                  rowKey={each => `${each.provider ?? ''} ${each.service ?? ''}`}
                  empty="No money, and no movement."
                  columns={[
                    {
                      key: 'account',
                      title: 'Account',
                      cell: each =>
                        each.provider === undefined ? (
                          'Available'
                        ) : (
                          <>
                            <Address of={each.provider} kind="provider" /> <span className="muted">{each.service}</span>
                          </>
                        ),
                    },
                    { key: 'opening', title: 'Opening', align: 'end', cell: each => <Amount of={each.opening} /> },
                    ...(['deposited', 'withdrawn', 'transferred', 'refunded', 'settled', 'adjusted'] as const)
                      .filter(name => accounts.some(each => each[name] !== '0'))
                      .map(name => ({
                        key: name,
                        title: name.charAt(0).toUpperCase() + name.slice(1),
                        align: 'end' as const,
                        cell: (each: (typeof accounts)[number]) => <Amount of={each[name]} signed />,
                      })),
                    { key: 'closing', title: 'Closing', align: 'end', cell: each => <Amount of={each.closing} /> },
                  ]}
                />
              </Card>
              <Card title="Usage">
                <DataTable
                  caption="Usage of the period"
                  rows={usage}
                  empty="No requests."
                  rowKey={each => `${each.provider} ${each.service} ${each.model} ${each.source}`}
                  columns={[
                    { key: 'model', title: 'Model', cell: each => each.model },
                    {
                      key: 'provider',
                      title: 'Provider',
                      cell: each => <Address of={each.provider} kind="provider" />,
                    },
                    { key: 'source', title: 'Reported', cell: each => each.source },
                    { key: 'requests', title: 'Requests', align: 'end', cell: each => grouped(each.requests) },
                    { key: 'fees', title: 'Fees', align: 'end', cell: each => (
                      <><Amount of={each.fees} /><Unverified of={each.unverified_fees} /></>) },
                  ]}
                />
              </Card>
            </>
          )}
        </Answer>
      )}
    </>
  );
}
