import { answer } from 'neuron-ledger-client/browser';
import { monthsUntil } from '../../app/months';
import { usePages, useRead } from '../../app/read';
import { href, useQueryState } from '../../app/router';
import {
  Answer, AsOf, Card, Choice, DataTable, ExportButton, Field, Filters, Hash, More, Status, Time, useNow,
} from '../../ui';
import { SettlementRows } from './SettlementRows';
import { dayOf } from '../../ui/days';
import { isOver, monthName, NOT_MATCHING, PERIOD_STATES, type Period, type Settlement } from './terms';

const LISTED = [...NOT_MATCHING, 'matched'] as const;
type Listed = typeof LISTED[number];

const FILTERS = ['state', 'start_date', 'end_date', 'owner', 'provider', 'service'] as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What the address of the page selects. */
function filterOf(query: URLSearchParams) {
  const [owner, provider, service, start_date, end_date] = (['owner', 'provider', 'service', 'start_date', 'end_date'])
    .map(each => query.get(each)?.trim() ?? '') as [string, string, string, string, string];
  return { ...(owner === '' ? {} : { owner }), ...(provider === '' ? {} : { provider: [provider] }),
    ...(service === '' ? {} : { service: [service] }), ...(DAY.test(start_date) ? { start_date } : {}),
    ...(DAY.test(end_date) ? { end_date } : {}) };
}

export default function Settlements() {
  const [query] = useQueryState();
  const filter = filterOf(query);
  const state = LISTED.find(each => each === query.get('state'));
  return (
    <>
      <h1>Settlements</h1>
      <Months />
      <Card title="Which settlements">
        <Filters names={FILTERS}>
          <Choice label="State" name="state" defaultValue={state ?? ''}
            options={[['', 'All'], ...LISTED.map(each => [each, each] as const)]} />
          <Field label="From day (UTC)" name="start_date" type="date" defaultValue={query.get('start_date') ?? ''} />
          <Field label="To day (UTC)" name="end_date" type="date" defaultValue={query.get('end_date') ?? ''} />
          <Field label="Wallet" name="owner" defaultValue={query.get('owner') ?? ''} placeholder="0x…"
            spellCheck={false} />
          <Field label="Provider" name="provider" defaultValue={query.get('provider') ?? ''} placeholder="0x…"
            spellCheck={false} />
          <Field label="Service" name="service" defaultValue={query.get('service') ?? ''} spellCheck={false} />
        </Filters>
      </Card>
      {state === undefined ? (
        <>
          <Listing title="Does not match" states={NOT_MATCHING} filter={filter} empty="All of them match." />
          <Listing title="Matches" states={['matched']} filter={filter} empty="None." />
        </>
      ) : <Listing title={`State: ${state}`} states={[state]} filter={filter} empty="None." />}
    </>
  );
}

function Listing({ title, states, filter, empty }: { title: string; states: readonly Listed[];
  filter: ReturnType<typeof filterOf>; empty: string }) {
  const state = [...states];
  const found = usePages('all', ['settlements', states, filter], (ledger, cursor, signal) => answer(ledger.query.GET(
    '/v1/settlements', { signal, params: { query: { ...filter, state, limit: 50,
      ...(cursor === undefined ? {} : { cursor }) } } })));
  return (
    <Card title={title} wide actions={
      <ExportButton what="settlements" begin={(ledger, format) => answer(ledger.query.POST('/v1/settlements/exports',
        { params: { query: { ...filter, state, format } } }))} />}>
      <Answer of={found}>
        {({ pages }, failed) => (
          <>
            <AsOf of={pages[0]?.as_of} failed={failed} />
            <SettlementRows caption={title} empty={empty}
              rows={pages.flatMap((each): Settlement[] => each.settlements)} />
            <More pages={found} />
          </>
        )}
      </Answer>
    </Card>
  );
}

/** The last months, and all about which anybody has decided. */
function Months() {
  const now = useNow(60);
  const periods = useRead('all', ['periods'], (ledger, signal) => answer(ledger.query.GET('/v1/periods', { signal })));
  return (
    <Card title="Months" wide>
      <Answer of={periods}>
        {({ periods: known }) => {
          const months = [...new Set([...monthsUntil(dayOf(now), 4), ...known.map(each => each.period)])]
            .sort().reverse();
          const of = (month: string): Period => known.find(each => each.period === month)
            ?? { period: month, state: 'open', frozen: [], decisions: [] };
          return (
            <DataTable caption="Months" rows={months.map(of)} rowKey={each => each.period} empty="" columns={[
              { key: 'month', title: 'Month', cell: each => (
                <a href={href(['periods', each.period])}>{monthName(each.period)}</a>) },
              { key: 'state', title: 'State', cell: each => isOver(each.period, now) || each.state !== 'open'
                ? <Status tone={PERIOD_STATES[each.state].tone}>{PERIOD_STATES[each.state].word}</Status>
                : <Status tone="idle">not over yet</Status> },
              { key: 'report', title: 'Report', cell: each => each.report !== undefined
                ? <Hash of={each.report.hash} what="hash" />
                : each.frozen.length > 0 && `${each.frozen.length} frozen, not closed` },
              { key: 'by', title: 'Last decision', cell: ({ decisions }) => {
                const last = decisions.at(-1);
                return last && <span className="row">{last.by} <Time of={last.at} /></span>;
              } },
            ]} />
          );
        }}
      </Answer>
    </Card>
  );
}
