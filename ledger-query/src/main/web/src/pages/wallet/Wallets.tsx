import { answer } from 'neuron-ledger-client/browser';
import { useEffect } from 'react';
import { usePages } from '../../app/read';
import { href, navigate } from '../../app/router';
import { useSession } from '../../app/session';
import { Address, Amount, Answer, AsOf, Card, DataTable, More, Status } from '../../ui';

export default function Wallets() {
  const { caller, may } = useSession();
  const own = caller?.owner;
  useEffect(() => {
    if (own !== undefined) {
      // Who reads one wallet only has no list.
      navigate(href(['wallets', own]), 'replace');
    }
  }, [own]);
  const ledgers = usePages(
    'all',
    ['ledgers'],
    (ledger, cursor, signal) =>
      answer(
        ledger.query.GET('/v1/ledgers', {
          signal,
          params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
        }),
      ),
    { enabled: may('ledger:read') },
  );
  return (
    <>
      <div className="title">
        <h1>Wallets</h1>
        <AsOf of={ledgers.data?.pages[0]?.as_of} />
      </div>
      <Card title="All ledgers">
        <Answer of={ledgers}>
          {({ pages }) => (
            <>
              <DataTable
                caption="All ledgers"
                empty="Nobody has a ledger yet."
                rowKey={each => each.owner}
                rows={pages.flatMap(each => each.ledgers)}
                columns={[
                  { key: 'owner', title: 'Wallet', cell: each => <Address of={each.owner} kind="wallet" /> },
                  { key: 'state', title: 'State', cell: each => each.state },
                  { key: 'available', title: 'Available', align: 'end', cell: each => <Amount of={each.available} /> },
                  { key: 'locked', title: 'Locked', align: 'end', cell: each => <Amount of={each.locked} /> },
                  { key: 'total', title: 'Total', align: 'end', cell: each => <Amount of={each.total} /> },
                  {
                    key: 'quarantined',
                    title: 'Remarks',
                    cell: each => each.quarantined && <Status tone="bad">quarantined</Status>,
                  },
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
