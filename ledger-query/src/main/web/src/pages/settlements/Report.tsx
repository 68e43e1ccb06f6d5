import { answer } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { isMonth } from '../../app/months';
import { useRead } from '../../app/read';
import { href } from '../../app/router';
import { Address, Amount, Answer, AsOf, Card, DataTable, DownloadButton, ExportButton, Field, Figure, Figures, grouped,
  Status, Time, Unverified } from '../../ui';
import { addsUp, sumsOf, type PeriodReport } from './terms';

interface Days {
  readonly start_date: string;
  readonly end_date: string;
}

const BY = [['sub-account', 'By sub-account'], ['provider', 'By provider']] as const;
const SHOWN = 100;

/** The period report of a month, down to the settlements of each row. */
export function Report({ period, days }: { period: string; days: Days }) {
  const [by, setBy] = useState<'sub-account' | 'provider'>('sub-account');
  const [knownAt, setKnownAt] = useState('');
  const query = { ...days, by, ...(knownAt === '' ? {} : { known_at: knownAt }) };
  const found = useRead('all', ['report', query], async (ledger, signal) => await answer(ledger.query.GET(
    '/v1/reports/settlement', { signal, params: { query } })) as PeriodReport);
  return (
    <Card title="Report of the month" wide actions={
      <>
        <DownloadButton path={`/v1/reports/settlement?${new URLSearchParams(query)}`} accept="text/csv"
          name={`report-${period}.csv`}>CSV</DownloadButton>
        <ExportButton what="rows of the report" begin={(ledger, format) => answer(ledger.query.POST(
          '/v1/reports/settlement/exports', { params: { query: { ...query, format } } }))} />
        <DownloadButton path="/v1/reports/journal" accept="text/plain" name="all.journal">
          Journal of all</DownloadButton>
      </>}>
      <div className="row">
        <div className="tabs" role="group" aria-label="Rows">
          {BY.map(([each, name]) => (
            <button key={each} type="button" aria-pressed={by === each} onClick={() => setBy(each)}>{name}</button>
          ))}
        </div>
        <Field label="As it was known on day (UTC)" type="date" value={knownAt}
          onChange={event => setKnownAt(event.target.value)} />
      </div>
      <Answer of={found}>
        {(report, failed) => (
          <>
            <AsOf of={report.as_of} failed={failed} />
            {report.known_usage && (
              <p className="muted">{grouped(report.known_usage.requests)} requests were known
                {report.known_usage.last_recorded_at && <>, the last one reported <Time
                  of={report.known_usage.last_recorded_at} /></>}.</p>
            )}
            <ReportFigures rows={report.rows} />
            <ReportRows report={report} days={days} />
          </>
        )}
      </Answer>
    </Card>
  );
}

/** The sums of a report, and whether they add up. */
export function ReportFigures({ rows }: { rows: PeriodReport['rows'] }) {
  const sums = sumsOf(rows);
  return (
    <>
      <Figures>
        <Figure name="Opening" note="Unsettled before"><Amount of={sums.opening} /></Figure>
        {sums.adjusted !== 0n && <Figure name="Adjusted" note="Of closed months"><Amount of={sums.adjusted} signed />
        </Figure>}
        <Figure name="Used" note="By reported requests"><Amount of={sums.used} />
          <Unverified of={String(sums.unverified_used)} /></Figure>
        <Figure name="Settled" note="What providers got"><Amount of={sums.settled} /></Figure>
        <Figure name="Written off" note="Asked beyond balances"><Amount of={sums.written_off} /></Figure>
        <Figure name="Closing" note={sums.closing < 0n ? 'More was claimed than used' : 'Remains unsettled'}>
          <Amount of={sums.closing} /></Figure>
      </Figures>
      {addsUp(sums) ? <p className="muted">opening + adjusted + used − settled − written off = closing</p>
        : <p><Status tone="bad">opening + adjusted + used − settled − written off is not closing</Status></p>}
    </>
  );
}

/** @param days for the links to the settlements of a row; none where the report is only looked at */
export function ReportRows({ report, days }: { report: PeriodReport; days?: Days }) {
  const [all, setAll] = useState(false);
  const { rows, adjustments, by } = report;
  const shown = all ? rows : rows.slice(0, SHOWN);
  return (
    <>
      <DataTable caption="Rows of the report" rows={shown} empty="Nothing was used or settled."
        rowKey={each => `${each.provider} ${each.owner ?? ''} ${each.service ?? ''}`} columns={[
          { key: 'provider', title: 'Provider', cell: each => (
            <><Address of={each.provider} kind="provider" />
              {each.service && <div className="note nowrap">{each.service}</div>}</>) },
          ...(by === 'provider' ? [] : [{ key: 'owner', title: 'Wallet', cell: (each: Row) => each.owner
            && <Address of={each.owner} kind="wallet" /> }]),
          { key: 'opening', title: 'Opening', align: 'end', cell: each => <Amount of={each.opening} /> },
          ...(rows.some(each => each.adjusted !== '0') ? [{ key: 'adjusted', title: 'Adjusted', align: 'end' as const,
            cell: (each: Row) => <Amount of={each.adjusted} signed /> }] : []),
          { key: 'used', title: 'Used', align: 'end', cell: each => (
            <><Amount of={each.used} /><Unverified of={each.unverified_used} />
              <div className="note">{grouped(each.requests)} {each.requests === 1 ? 'request' : 'requests'}</div></>) },
          { key: 'settled', title: 'Settled', align: 'end', cell: each => (
            <><Amount of={each.settled} /><div className="note"><Settlements of={each} days={days} /></div></>) },
          { key: 'written-off', title: 'Written off', align: 'end', cell: each => <Amount of={each.written_off} /> },
          { key: 'closing', title: 'Closing', align: 'end', cell: each => <Amount of={each.closing} /> },
          ...(by === 'provider' && days !== undefined ? [{ key: 'statement', title: 'Statement',
            cell: (each: Row) => <Statement of={each.provider} days={days} /> }] : []),
        ]} />
      {!all && rows.length > SHOWN && (
        <p className="more"><button type="button" onClick={() => setAll(true)}>Show all {grouped(rows.length)} rows
        </button></p>
      )}
      {adjustments.length > 0 && (
        <>
          <h3>Adjustments of closed months</h3>
          <DataTable caption="Adjustments of closed months" rows={adjustments} empty=""
            rowKey={each => `${each.period} ${each.provider} ${each.owner ?? ''} ${each.service ?? ''}`} columns={[
              { key: 'period', title: 'Month', cell: each => isMonth(each.period)
                && <a href={href(['periods', each.period])}>{each.period}</a> },
              { key: 'provider', title: 'Provider', cell: each => <Address of={each.provider} kind="provider" /> },
              { key: 'owner', title: 'Wallet', cell: each => each.owner
                && <Address of={each.owner} kind="wallet" /> },
              { key: 'service', title: 'Service', cell: each => each.service ?? '' },
              { key: 'used', title: 'Used', align: 'end', cell: each => (
                <><Amount of={each.used} signed /><Unverified of={each.unverified_used} /></>) },
              { key: 'settled', title: 'Settled', align: 'end', cell: each => <Amount of={each.settled} signed /> },
              { key: 'written-off', title: 'Written off', align: 'end',
                cell: each => <Amount of={each.written_off} signed /> },
            ]} />
        </>
      )}
    </>
  );
}

type Row = PeriodReport['rows'][number];

/** How many settlements a row has, with the way to them. */
function Settlements({ of: { settlements, provider, owner, service }, days }: { of: Row; days: Days | undefined }) {
  const text = `${grouped(settlements)} ${settlements === 1 ? 'settlement' : 'settlements'}`;
  return days === undefined || settlements === 0 ? <>{text}</>
    : <a href={href(['settlements'], { ...days, provider, owner, service })}>{text}</a>;
}

/** What the provider gets: a PDF for people, a CSV for programs. */
function Statement({ of, days }: { of: string; days: Days }) {
  const path = `/v1/providers/${of}/statement?${new URLSearchParams({ ...days })}`;
  const name = `statement-${of.slice(0, 10)}-${days.start_date.slice(0, 7)}`;
  return (
    <span className="row">
      <DownloadButton path={path} accept="application/pdf" name={`${name}.pdf`}>PDF</DownloadButton>
      <DownloadButton path={path} accept="text/csv" name={`${name}.csv`}>CSV</DownloadButton>
    </span>
  );
}
