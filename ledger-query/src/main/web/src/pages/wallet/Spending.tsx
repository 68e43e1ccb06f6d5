import { answer, type LedgerClient, type LedgerQuery } from 'neuron-ledger-client/browser';
import { useMemo } from 'react';
import { useLive } from '../../app/live';
import { usePages, useRead } from '../../app/read';
import { useQueryState } from '../../app/router';
import {
  Address,
  Amount,
  Answer,
  AsOf,
  Card,
  DataTable,
  DayChart,
  Field,
  Figure,
  Figures,
  Filters,
  grouped,
  More,
  Status,
  Time,
  Unverified,
  useNow,
  type Tone,
} from '../../ui';
import { amountsOn, dayOf, daysBetween } from '../../ui/days';
import { priceWords } from './priceCheck';
import { byProvider, keysOf, unitsText } from './usageSums';

type Stats = LedgerQuery['schemas']['UsageStats'];
type Line = LedgerQuery['schemas']['UsagePageLine'];

const FILTERS = ['start', 'end', 'provider', 'model', 'key', 'request_id'] as const;

/** The filters of the place, as the API names them; a period without a start begins with this month. */
function useFilter() {
  const [query] = useQueryState();
  const month = `${dayOf(useNow(60)).slice(0, 7)}-01`;
  return useMemo(() => {
    const list = (name: string) => query.getAll(name).filter(each => each !== '');
    const some = <Name extends string>(name: Name, values: string[]) =>
      (values.length === 0 ? {} : { [name]: values }) as { [Key in Name]?: string[] };
    const request = query.get('request_id');
    const start = query.get('start') ?? (request === null ? month : undefined);
    const end = query.get('end');
    return {
      request,
      period: { ...(start === undefined ? {} : { start_date: start }), ...(end === null ? {} : { end_date: end }) },
      of: {
        ...some('provider', list('provider')),
        ...some('model', list('model')),
        ...some('api_key_id', list('key')),
      },
    };
  }, [query.toString(), month]);
}

type Filter = ReturnType<typeof useFilter>;

const statsOf = (client: LedgerClient, signal: AbortSignal, owner: string, query: object) =>
  answer(client.query.GET('/v1/ledgers/{owner}/usage/stats', { signal, params: { path: { owner }, query } }));

export default function Spending({ owner }: { owner: string }) {
  const [query] = useQueryState();
  const filter = useFilter();
  const { seen } = useLive();
  const stats = useRead(
    owner,
    ['stats', filter],
    (client, signal) => statsOf(client, signal, owner, { ...filter.period, ...filter.of, ...seen.of(owner) }),
    { enabled: filter.request === null },
  );
  const text = (name: string) => ({ name, defaultValue: query.get(name) ?? '' });
  return (
    <>
      <Card title="Period and filters">
        <Filters names={FILTERS}>
          <Field label="From (UTC day)" type="date" name="start" defaultValue={filter.period.start_date ?? ''} />
          <Field label="To (UTC day)" type="date" {...text('end')} />
          <Field label="Provider" {...text('provider')} placeholder="0x…" spellCheck={false} />
          <Field label="Model" {...text('model')} spellCheck={false} />
          <Field label="Key" {...text('key')} hint="The id of an API key, as reported" spellCheck={false} />
          <Field label="Request" {...text('request_id')} hint="Its id, exactly" spellCheck={false} />
        </Filters>
      </Card>
      {filter.request === null && (
        <Answer of={stats}>{(found, failed) => <Sums found={found} failed={failed} filter={filter} />}</Answer>
      )}
      {filter.request === null && <Keys owner={owner} filter={filter} />}
      <Requests owner={owner} filter={filter} />
    </>
  );
}

function Sums({ found, failed, filter }: { found: Stats; failed: boolean; filter: Filter }) {
  const today = dayOf(useNow(60));
  const first = filter.period.start_date ?? found.days[0]?.date ?? today;
  const last = filter.period.end_date ?? [today, found.days.at(-1)?.date ?? today].sort().at(-1) ?? today;
  const days = useMemo(() => daysBetween(first, last), [first, last]);
  const series = useMemo(
    () => [
      {
        name: 'Spent',
        kind: 'accent' as const,
        amounts: amountsOn(
          days,
          found.days,
          each => each.date,
          each => each.cost,
        ),
      },
    ],
    [days, found],
  );
  return (
    <>
      <Card title="Spent">
        <Figures>
          <Figure name="Fees" note="Of the requests reported so far">
            <Amount of={found.total.cost} />
            <Unverified of={found.total.unverified_cost} />
          </Figure>
          <Figure name="Requests">{grouped(found.total.requests)}</Figure>
          <Figure name="Served">{unitsText(found.total)}</Figure>
        </Figures>
        {found.set_apart.requests > 0 && (
          <p className="notice warn">
            {grouped(found.set_apart.requests)} requests for <Amount of={found.set_apart.cost} /> are set apart, and in
            no sum: the chain does not know their service, or did not know it yet.
          </p>
        )}
        {found.days.length > 0 && <DayChart label="Spent by day" days={days} series={series} />}
        <AsOf of={found.as_of} failed={failed} />
      </Card>
      <div className="cards halves">
        <Card title="By model">
          <DataTable
            caption="Spent by model"
            rows={found.models}
            empty="No requests in this period."
            rowKey={each => `${each.provider} ${each.model}`}
            columns={[
              { key: 'model', title: 'Model', cell: each => each.model },
              { key: 'provider', title: 'Provider', cell: each => <Address of={each.provider} kind="provider" /> },
              { key: 'requests', title: 'Requests', align: 'end', cell: each => grouped(each.requests) },
              { key: 'units', title: 'Served', align: 'end', cell: each => unitsText(each) },
              { key: 'cost', title: 'Fees', align: 'end', cell: each => <Amount of={each.cost} /> },
            ]}
          />
        </Card>
        <Card title="By provider">
          <DataTable
            caption="Spent by provider"
            rows={byProvider(found.models)}
            rowKey={each => each.provider}
            empty="No requests in this period."
            columns={[
              { key: 'provider', title: 'Provider', cell: each => <Address of={each.provider} kind="provider" /> },
              { key: 'requests', title: 'Requests', align: 'end', cell: each => grouped(each.requests) },
              { key: 'cost', title: 'Fees', align: 'end', cell: each => <Amount of={each.cost} /> },
            ]}
          />
        </Card>
      </div>
    </>
  );
}

const NEWEST = 500;
/** Each key is a request. */
const KEYS = 8;

/**
 * The sums by API key: of the keys with which most was spent in the newest requests, each over the whole period, and
 * what is left of the total, which is read last: it has all that they have.
 */
function Keys({ owner, filter }: { owner: string; filter: Filter }) {
  const { seen } = useLive();
  const keys = useRead(
    owner,
    ['keys', filter],
    async (client, signal) => {
      const query = { ...filter.period, ...filter.of };
      const newest = await answer(
        client.query.GET('/v1/ledgers/{owner}/usage', {
          signal,
          params: { path: { owner }, query: { ...query, limit: NEWEST, state: ['counted'], ...seen.of(owner) } },
        }),
      );
      const { ids, left } = keysOf(newest.usage, KEYS);
      const sums = await Promise.all(
        ids.map(id => statsOf(client, signal, owner, { ...query, api_key_id: [id], min_block: newest.as_of.block })),
      );
      const min_block = Math.max(newest.as_of.block, ...sums.map(each => each.as_of.block));
      const { total, as_of } = await statsOf(client, signal, owner, { ...query, min_block });
      const lines = sums.map((each, i) => ({ id: ids[i] ?? '', requests: each.total.requests, cost: each.total.cost }));
      return { more: newest.has_more, left, lines, total, as_of };
    },
    { costly: true },
  );
  return (
    <Card title="By key">
      <Answer of={keys}>
        {({ lines, more, left, total, as_of: asOf }, failed) => {
          const named = lines.reduce((sum, each) => sum + BigInt(each.cost), 0n);
          const requests = total.requests - lines.reduce((sum, each) => sum + each.requests, 0);
          const rest = { id: '', requests, cost: String(BigInt(total.cost) - named) };
          return (
            <>
              <DataTable
                caption="Spent by API key"
                rows={requests > 0 ? [...lines, rest] : lines}
                rowKey={each => each.id}
                empty="No requests in this period."
                columns={[
                  {
                    key: 'key',
                    title: 'Key',
                    cell: each =>
                      each.id === '' ? (
                        <span className="muted">
                          {more || left > 0 ? 'without a key, or another one' : 'without a key'}
                        </span>
                      ) : (
                        <span className="mono">{each.id}</span>
                      ),
                  },
                  { key: 'requests', title: 'Requests', align: 'end', cell: each => grouped(each.requests) },
                  { key: 'cost', title: 'Fees', align: 'end', cell: each => <Amount of={each.cost} /> },
                ]}
              />
              {more && (
                <p className="muted">The keys are those of the newest {NEWEST} requests; the filter takes any.</p>
              )}
              {left > 0 && (
                <p className="muted">
                  These are the {KEYS} keys with which most was spent{more && ' in them'}. {grouped(left)} more have
                  spent too; the filter takes any.
                </p>
              )}
              <p className="row">
                <span className="muted">In total</span> <Amount of={total.cost} />
                <span className="muted">of {grouped(total.requests)} requests</span>
              </p>
              <AsOf of={asOf} failed={failed} />
            </>
          );
        }}
      </Answer>
    </Card>
  );
}

const STATE: Record<Line['state'], Tone> = { counted: 'good', 'set-apart': 'warn', reversed: 'idle' };

/** Nothing for usage through a router, whose prices are its own. */
function Price({ of: check }: { of: Line['price_check'] }) {
  if (check === undefined) {
    return null;
  }
  const { tone, word, tip } = priceWords(check);
  return (
    <Status tone={tone} tip={tip}>
      {word}
    </Status>
  );
}

function Requests({ owner, filter }: { owner: string; filter: Filter }) {
  const { seen } = useLive();
  const requests = usePages(owner, ['usage', filter], (client, cursor, signal) =>
    answer(
      client.query.GET('/v1/ledgers/{owner}/usage', {
        signal,
        params: {
          path: { owner },
          query: {
            ...filter.period,
            ...filter.of,
            limit: 50,
            ...(filter.request === null ? {} : { request_id: filter.request }),
            ...(cursor === undefined ? seen.of(owner) : { cursor }),
          },
        },
      }),
    ),
  );
  return (
    <Card title="Requests">
      <Answer of={requests}>
        {({ pages }, failed) => (
          <>
            <DataTable
              caption="Requests, newest first"
              rows={pages.flatMap(each => each.usage)}
              rowKey={each => `${each.provider} ${each.request_id}`}
              empty="No requests."
              columns={[
                { key: 'when', title: 'Completed', cell: each => <Time of={each.when} /> },
                { key: 'id', title: 'Request', cell: each => <span className="mono">{each.request_id}</span> },
                { key: 'model', title: 'Model', cell: each => each.model },
                { key: 'provider', title: 'Provider', cell: each => <Address of={each.provider} kind="provider" /> },
                { key: 'key', title: 'Key', cell: each => each.api_key_id ?? '' },
                { key: 'state', title: 'State', cell: each => <Status tone={STATE[each.state]}>{each.state}</Status> },
                { key: 'fee', title: 'Fee', align: 'end', cell: each => <Amount of={each.fee} /> },
                { key: 'price', title: 'Price', cell: each => <Price of={each.price_check} /> },
              ]}
            />
            <More pages={requests} />
            <AsOf of={pages[0]?.as_of} failed={failed} />
          </>
        )}
      </Answer>
    </Card>
  );
}
