import { answer, ofZeroG } from 'neuron-ledger-client/browser';
import { useEffect } from 'react';
import { useLive } from '../../app/live';
import { usePages } from '../../app/read';
import { href, navigate, useQueryState } from '../../app/router';
import { useSession } from '../../app/session';
import { Address, Amount, Answer, AsOf, Card, Choice, DataTable, Field, Filters, More, Status } from '../../ui';

const FILTERS = ['state', 'provider', 'refund', 'min', 'inactive'] as const;

/** The filters of the place, as the API names them; `wrong` where the amount is none. */
function filterOf(query: URLSearchParams) {
  const state = (['open', 'closed'] as const).find(each => each === query.get('state'));
  const refund = (['waiting', 'claimable'] as const).find(each => each === query.get('refund'));
  const provider = query.get('provider') ?? '';
  const inactive = query.get('inactive') ?? '';
  const min = query.get('min') ?? '';
  let amount: string | undefined;
  let wrong: string | undefined;
  try {
    amount = min === '' ? undefined : String(ofZeroG(min));
  } catch {
    wrong = 'An amount of 0G has digits, and at most 18 decimals after a point.';
  }
  return {
    wrong,
    of: {
      ...(state === undefined ? {} : { state: [state] }),
      ...(refund === undefined ? {} : { refund_state: [refund] }),
      ...(provider === '' ? {} : { provider: [provider] }),
      ...(amount === undefined ? {} : { min_total: amount }),
      ...(inactive === '' ? {} : { inactive_since: `${inactive}T00:00:00Z` }),
    },
  };
}

/** Every ledger, for who reads all of them; of others their own. */
export default function Wallets() {
  const { caller, may } = useSession();
  const own = caller?.owner;
  useEffect(() => {
    if (own !== undefined) {
      // Who reads one wallet only has no list.
      navigate(href(['wallets', own]), 'replace');
    }
  }, [own]);
  return may('ledger:read') ? (
    <List />
  ) : (
    <>
      <h1>Wallets</h1>
      <p>Your sign-in reads one wallet: search for its address.</p>
    </>
  );
}

function List() {
  const [query] = useQueryState();
  const { seen } = useLive();
  const { wrong, of } = filterOf(query);
  const ledgers = usePages(
    'all',
    ['ledgers', of],
    (ledger, cursor, signal) =>
      answer(
        ledger.query.GET('/v1/ledgers', {
          signal,
          params: { query: { ...of, limit: 50, ...(cursor === undefined ? seen.of('all') : { cursor }) } },
        }),
      ),
    { enabled: wrong === undefined },
  );
  const text = (name: string) => ({ name, defaultValue: query.get(name) ?? '' });
  return (
    <>
      <div className="title">
        <h1>Wallets</h1>
        <AsOf of={ledgers.data?.pages[0]?.as_of} failed={ledgers.error !== null} />
      </div>
      <Card title="Filters">
        <Filters names={FILTERS}>
          <Choice
            label="State"
            {...text('state')}
            options={[
              ['', 'open and closed'],
              ['open', 'open'],
              ['closed', 'closed'],
            ]}
          />
          <Field label="With provider" {...text('provider')} placeholder="0x…" spellCheck={false} />
          <Choice
            label="With a refund"
            {...text('refund')}
            options={[
              ['', 'or without'],
              ['waiting', 'waiting'],
              ['claimable', 'that can be fetched'],
            ]}
          />
          <Field label="Total at least (0G)" {...text('min')} inputMode="decimal" problem={wrong} />
          <Field label="Inactive since (UTC)" type="date" {...text('inactive')} />
        </Filters>
      </Card>
      <Card title="Ledgers">
        <Answer of={ledgers}>
          {({ pages }) => (
            <>
              <DataTable
                caption="Ledgers"
                rowKey={each => each.owner}
                rows={pages.flatMap(each => each.ledgers)}
                empty={
                  ledgers.hasNextPage
                    ? 'None so far among those that were looked at: there may be more.'
                    : 'No ledger is like this.'
                }
                columns={[
                  { key: 'owner', title: 'Wallet', cell: each => <Address of={each.owner} kind="wallet" /> },
                  {
                    key: 'state',
                    title: 'State',
                    cell: each => (
                      <>
                        <Status tone={each.state === 'open' ? 'good' : 'idle'}>{each.state}</Status>
                        {each.quarantined && (
                          <>
                            {' '}
                            <Status tone="bad">quarantined</Status>
                          </>
                        )}
                      </>
                    ),
                  },
                  { key: 'available', title: 'Available', align: 'end', cell: each => <Amount of={each.available} /> },
                  { key: 'locked', title: 'Locked', align: 'end', cell: each => <Amount of={each.locked} /> },
                  { key: 'total', title: 'Total', align: 'end', cell: each => <Amount of={each.total} /> },
                ]}
              />
              <More pages={ledgers} />
            </>
          )}
        </Answer>
      </Card>
    </>
  );
}
