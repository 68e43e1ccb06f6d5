import { answer, type LedgerQuery } from 'neuron-ledger-client/browser';
import { useMemo } from 'react';
import { useLive } from '../../app/live';
import { useRead } from '../../app/read';
import { href, useQueryState } from '../../app/router';
import { useSession } from '../../app/session';
import { useStatus } from '../../app/status';
import {
  Amount,
  Answer,
  AsOf,
  Card,
  DataTable,
  DayChart,
  Empty,
  Figure,
  Figures,
  FOLLOWING,
  grouped,
  spanText,
  Status,
  Time,
  Unverified,
  useNow,
} from '../../ui';
import { amountsAtEnd, amountsOn, dayOf, lastDays } from '../../ui/days';
import { Health } from './Health';

type View<Name extends keyof LedgerQuery['schemas']> = LedgerQuery['schemas'][Name];

export default function Overview() {
  const { caller, may } = useSession();
  const status = useStatus(10_000);
  return (
    <>
      <div className="title">
        <h1>Overview</h1>
        <AsOf of={status.data?.as_of} failed={status.error !== null} />
      </div>
      {caller?.owner !== undefined && (
        <p className="notice">
          Your sign-in is of one wallet: <a href={href(['wallets', caller.owner])}>its ledger</a> has what you
          hold, what you have spent, and what you can do.
        </p>
      )}
      <div className="cards">
        {may('finance:read') && <Money />}
        <Card title="Chain">
          <Answer of={status}>{found => <Chain status={found} />}</Answer>
        </Card>
        {may('finance:read') && <Comparison />}
        {may('finance:read') && <Discrepancies />}
        <Card title="Services">
          <Health />
        </Card>
        {may('finance:read') && <MoneyFlow />}
      </div>
    </>
  );
}

function Chain({
  status: { as_of: asOf, deployment, following, guard, partitions, quarantined_owners: quarantined },
}: {
  status: View<'Status'>;
}) {
  const now = useNow();
  const { tone, means } = FOLLOWING[following.state];
  const halted = partitions.filter(each => each.stopped !== undefined);
  const unverified = guard.at(-1)?.guard === 'none' ? guard.at(-1) : undefined;
  return (
    <>
      <Figures>
        <Figure name="Last block" note={asOf && `${spanText((now - Date.parse(asOf.block_time)) / 1000)} old`}>
          {asOf === undefined ? 'none yet' : grouped(asOf.block)}
        </Figure>
        <Figure
          name="Head of the chain"
          note={
            following.head !== undefined &&
            asOf !== undefined &&
            (following.head <= asOf.block
              ? 'The ledger has all of it'
              : following.head - (following.confirmations ?? 0) <= asOf.block
              ? `The ledger has all that is ${following.confirmations} blocks deep`
              : `${grouped(following.head - asOf.block)} blocks further`)
          }>
          {following.head === undefined ? 'unknown' : grouped(following.head)}
        </Figure>
      </Figures>
      <dl className="facts">
        <dt>Following</dt>
        <dd>
          <Status tone={tone}>{following.state}</Status> {following.why ?? means}
        </dd>
        <dt>Guard</dt>
        <dd>
          {asOf?.guard === undefined ? (
            <Status tone="idle">not reported yet</Status>
          ) : asOf.guard === 'none' ? (
            <Status tone="idle">not verified yet</Status>
          ) : (
            <Status tone="good">{asOf.guard}</Status>
          )}
          {unverified !== undefined && ` from block ${grouped(unverified.from)}`}
        </dd>
        {halted.length > 0 && (
          <>
            <dt>Halted</dt>
            <dd>
              <Status tone="bad">{`${halted.length} of ${partitions.length} partitions`}</Status> {halted[0]?.stopped}
            </dd>
          </>
        )}
        {quarantined > 0 && (
          <>
            <dt>Quarantined</dt>
            <dd>
              <Status tone="bad">{`${quarantined} wallets`}</Status>
            </dd>
          </>
        )}
        {deployment !== undefined && (
          <>
            <dt>Contracts</dt>
            <dd>
              {deployment.family}, chain {deployment.chain_id}, from block {grouped(deployment.start_block)}
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

function useTotals(start?: string) {
  const { seen } = useLive();
  return useRead('all', ['totals', start], (ledger, signal) =>
    answer(
      ledger.query.GET('/v1/totals', {
        signal,
        params: { query: { ...(start === undefined ? {} : { start_date: start }), ...seen.of('all') } },
      }),
    ),
  );
}

/** What was held before a day; unknown where the ledger begins later. */
function useHeldBefore(day: string): string | undefined {
  const time = `${dayOf(Date.parse(day) - 1)}T23:59:59Z`;
  return useRead('none', ['totals', 'until', time], (ledger, signal) =>
    answer(ledger.query.GET('/v1/totals', { signal, params: { query: { at_time: time } } })),
  ).data?.held.total;
}

function Money() {
  const totals = useTotals();
  return (
    <Card title="Money" wide>
      <Answer of={totals}>
        {({ as_of: asOf, held, outstanding }, failed) => (
          <>
            <Figures>
              <Figure
                name="Held by all ledgers"
                note={
                  held.available !== undefined && (
                    <>
                      of which available <Amount of={held.available} />
                    </>
                  )
                }>
                <Amount of={held.total} />
              </Figure>
              <Figure
                name="Owed for usage"
                note={outstanding.startsWith('-') ? 'More was settled than reported' : 'Used, and not settled yet'}>
                <Amount of={outstanding} />
              </Figure>
              <Figure
                name="Locked"
                note={
                  <>
                    of which asked back <Amount of={held.pending_refund} />
                  </>
                }>
                <Amount of={held.locked} />
              </Figure>
            </Figures>
            <AsOf of={asOf} failed={failed} />
          </>
        )}
      </Answer>
    </Card>
  );
}

function Comparison() {
  const { seen } = useLive();
  const runs = useRead('all', ['reconciliations', 1], (ledger, signal) =>
    answer(
      ledger.query.GET('/v1/reconciliation/chain', { signal, params: { query: { limit: 1, ...seen.of('all') } } }),
    ),
  );
  return (
    <Card title="Last comparison" actions={<a href={href(['checks'])}>All checks</a>}>
      <Answer of={runs}>
        {({ runs: [run] }) =>
          run === undefined ? (
            <Empty>All states have not been compared yet: that happens on a schedule, and on request.</Empty>
          ) : (
            <>
              <Figures>
                <Figure name="Wallets equal">
                  {grouped(run.equal)} of {grouped(run.owners)}
                </Figure>
                <Figure name="Held by the contract">
                  <Amount of={run.held} />
                </Figure>
              </Figures>
              <p className="row">
                {run.different === 0 ? (
                  <Status tone="good">all equal</Status>
                ) : (
                  <Status tone="bad">{`${grouped(run.different)} different`}</Status>
                )}
                {run.covered ? (
                  <Status tone="good">covers what is owed</Status>
                ) : (
                  <Status tone="bad">does not cover what is owed</Status>
                )}
                {run.retracted && <Status tone="warn">its block was taken back</Status>}
              </p>
              <p className="as-of">
                <span>At block {grouped(run.block)}</span>
                <Time of={run.block_time} />
              </p>
            </>
          )
        }
      </Answer>
    </Card>
  );
}

const LIMIT = 500;

function Discrepancies() {
  const { seen } = useLive();
  const open = useRead('all', ['discrepancies', 'open', LIMIT], (ledger, signal) =>
    answer(
      ledger.query.GET('/v1/discrepancies', {
        signal,
        params: { query: { state: ['open'], limit: LIMIT, ...seen.of('all') } },
      }),
    ),
  );
  return (
    <Card title="Open discrepancies" actions={<a href={href(['checks'])}>Look at them</a>}>
      <Answer of={open}>
        {({ as_of: asOf, discrepancies, has_more: more }, failed) => {
          const kinds = [...Map.groupBy(discrepancies, each => each.kind)];
          return (
            <>
              <Figures>
                <Figure name="Open">
                  {more ? `${grouped(discrepancies.length)} and more` : grouped(discrepancies.length)}{' '}
                  {discrepancies.length === 0 ? (
                    <Status tone="good">none</Status>
                  ) : (
                    <Status tone="warn">to be looked at</Status>
                  )}
                </Figure>
              </Figures>
              {kinds.length > 0 && (
                <DataTable
                  caption="Open discrepancies by kind"
                  rows={kinds}
                  rowKey={([kind]) => kind}
                  empty=""
                  columns={[
                    { key: 'kind', title: 'Kind', cell: ([kind]) => kind },
                    {
                      key: 'number',
                      title: more ? 'Of the first 500' : 'Number',
                      align: 'end',
                      cell: ([, each]) => grouped(each.length),
                    },
                  ]}
                />
              )}
              <AsOf of={asOf} failed={failed} />
            </>
          );
        }}
      </Answer>
    </Card>
  );
}

const SPANS = ['14', '30', '90'] as const;

/** What was used and settled on each of the last days, and what was held at their ends. */
function MoneyFlow() {
  const [query, change] = useQueryState();
  const span = SPANS.find(each => each === query.get('days')) ?? '14';
  const today = dayOf(useNow(60));
  const days = useMemo(() => lastDays(Number(span), Date.parse(today)), [span, today]);
  const [first = today] = days;
  const totals = useTotals(first);
  const before = useHeldBefore(first);
  const found = totals.data?.days;
  const flow = useMemo(
    () =>
      found && [
        {
          name: 'Used',
          kind: 'accent' as const,
          amounts: amountsOn(
            days,
            found,
            each => each.day,
            each => each.used.amount,
          ),
        },
        {
          name: 'Settled',
          kind: 'second' as const,
          amounts: amountsOn(
            days,
            found,
            each => each.day,
            each => each.settled.amount,
          ),
        },
      ],
    [days, found],
  );
  const held = useMemo(() => {
    const ends =
      found &&
      amountsAtEnd(
        days,
        found,
        each => each.day,
        each => each.held.total,
        before,
      );
    return ends && [{ name: 'Held at the end of the day', kind: 'third' as const, amounts: ends }];
  }, [days, found, before]);
  return (
    <Card
      title="Money flow"
      wide
      actions={
        <div className="row" role="group" aria-label="How many days">
          {SPANS.map(each => (
            <button key={each} type="button" aria-pressed={each === span} onClick={() => change({ days: each })}>
              {each} days
            </button>
          ))}
        </div>
      }>
      <Answer of={totals}>
        {({ as_of: asOf, used, settled }, failed) => (
          <>
            <Figures>
              <Figure name="Used" note={`${grouped(used.requests)} requests`}>
                <Amount of={used.amount} />
                <Unverified of={used.unverified_amount} />
              </Figure>
              <Figure name="Settled" note={`${grouped(settled.settlements)} settlements`}>
                <Amount of={settled.amount} />
              </Figure>
              <Figure name="Written off" note="Asked for, and not received">
                <Amount of={settled.written_off} />
              </Figure>
            </Figures>
            <div className="charts">
              {flow && <DayChart label="Used and settled by day" days={days} series={flow} />}
              {held && <DayChart label="Held at the end of each day" days={days} series={held} />}
            </div>
            <AsOf of={asOf} failed={failed} />
          </>
        )}
      </Answer>
    </Card>
  );
}
