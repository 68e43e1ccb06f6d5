import { answer } from 'neuron-ledger-client/browser';
import { isMonth, periodOf } from '../../app/months';
import { type PageProps } from '../../app/pages';
import { usePages, useRead } from '../../app/read';
import { href } from '../../app/router';
import { AsOf, Answer, Card, DataTable, ExportButton, Hash, More, Status, Time } from '../../ui';
import { Closing } from './Closing';
import { Discrepancies } from './Discrepancies';
import { Report } from './Report';
import { SettlementRows } from './SettlementRows';
import { DECISIONS, monthName, NOT_MATCHING, PERIOD_STATES, type Period as Shown } from './terms';

/** A month: what does not match, its report, and how it is closed by two persons. */
export default function Period({ values: { period = '' } }: PageProps) {
  return !isMonth(period)
    ? <><h1>There is no such month</h1><p>A month is written as 2026-10: <a href={href(['settlements'])}>to the
      settlements</a>.</p></>
    : <Month period={period} days={periodOf(period)} />;
}

function Month({ period, days }: { period: string; days: { start_date: string; end_date: string } }) {
  const found = useRead('all', ['period', period], (ledger, signal) => answer(ledger.query.GET('/v1/periods/{period}',
    { signal, params: { path: { period } } })), { every: 5_000 }); // No event announces what people decide.
  const filter = { ...days, state: [...NOT_MATCHING] };
  const wrong = usePages('all', ['settlements', 'wrong', period], (ledger, cursor, signal) => answer(ledger.query.GET(
    '/v1/settlements', { signal, params: { query: { ...filter, limit: 50,
      ...(cursor === undefined ? {} : { cursor }) } } })));
  const open = usePages('all', ['discrepancies', 'open'], (ledger, cursor, signal) => answer(ledger.query.GET(
    '/v1/discrepancies', { signal, params: { query: { state: ['open' as const], limit: 50,
      ...(cursor === undefined ? {} : { cursor }) } } })));
  return (
    <>
      <div className="title">
        <h1>{monthName(period)}</h1>
        {found.data && <Status tone={PERIOD_STATES[found.data.state].tone}>{PERIOD_STATES[found.data.state].word}
        </Status>}
      </div>
      <Answer of={found}>
        {each => <Closing of={each}
          wrong={counted(wrong.data?.pages, page => page.settlements, 'settlement of the month',
            'settlements of the month')}
          open={counted(open.data?.pages, page => page.discrepancies, 'open discrepancy of any month',
            'open discrepancies of any month')} />}
      </Answer>
      <Card title="Settlements that do not match" wide actions={
        <>
          <a className="button" href={href(['settlements'], days)}>All of the month</a>
          <ExportButton what="settlements that do not match" begin={(ledger, format) => answer(ledger.query.POST(
            '/v1/settlements/exports', { params: { query: { ...filter, format } } }))} />
        </>}>
        <Answer of={wrong}>
          {({ pages }, failed) => (
            <>
              <AsOf of={pages[0]?.as_of} failed={failed} />
              <SettlementRows caption="Settlements that do not match" rows={pages.flatMap(each => each.settlements)}
                empty="All settlements of the month match." />
              <More pages={wrong} />
            </>
          )}
        </Answer>
      </Card>
      <Card title="Open discrepancies, of any month" wide>
        <Answer of={open}>
          {({ pages }) => (
            <>
              <Discrepancies rows={pages.flatMap(each => each.discrepancies)} empty="Nothing is open." />
              <More pages={open} />
            </>
          )}
        </Answer>
      </Card>
      <Report period={period} days={days} />
      {found.data && found.data.decisions.length > 0 && <Decisions of={found.data} />}
    </>
  );
}

/** How many there are: `50 or more settlements` while there are other pages. */
function counted<P extends { readonly has_more: boolean }>(pages: readonly P[] | undefined,
  rows: (page: P) => readonly unknown[], one: string, many: string):
{ readonly none: boolean; readonly text: string } | undefined {
  if (pages === undefined) {
    return undefined;
  }
  const count = pages.reduce((sum, each) => sum + rows(each).length, 0);
  return { none: count === 0, text: pages.at(-1)?.has_more ? `${count} or more ${many}`
    : `${count === 0 ? 'no' : count} ${count === 1 ? one : many}` };
}

function Decisions({ of: { decisions } }: { of: Shown }) {
  return (
    <Card title="What was decided" wide>
      <DataTable caption="What was decided" rows={[...decisions].reverse()} rowKey={each => String(each.number)}
        empty="" columns={[
          { key: 'number', title: 'Number', cell: each => each.number },
          { key: 'kind', title: 'Decision', cell: each => DECISIONS[each.kind] },
          { key: 'by', title: 'By', cell: each => each.by },
          { key: 'at', title: 'At', cell: each => <Time of={each.at} /> },
          { key: 'report', title: 'Report', cell: each => each.report && <Hash of={each.report} what="hash" /> },
          { key: 'reason', title: 'Reason', cell: each => each.reason ?? '' },
        ]} />
    </Card>
  );
}
