import { answer } from 'neuron-ledger-client/browser';
import { useEffect } from 'react';
import { useRead } from '../../app/read';
import { navigate, usePlace } from '../../app/router';
import { useSession } from '../../app/session';
import { Answer, AsOf, Card, DataTable, shortened } from '../../ui';
import { placeOfHit, type Hit } from './places';

const NOTHING = 'Nothing has exactly this name. What can be looked up: an address, a hash, the number of a block, '
  + 'and the id of a request, a settlement or an entry.';

const HITS: Record<Hit['type'], string> = {
  ledger: 'Wallet', usage: 'Usage of a wallet without a ledger', 'sub-account': 'Sub-account', provider: 'Provider',
  transaction: 'Transaction', block: 'Block', entry: 'Entry', settlement: 'Settlement', request: 'Request',
};

export default function Search() {
  const { caller } = useSession();
  const q = usePlace().query.get('q') ?? '';
  const owner = caller?.owner;
  const found = useRead('all', ['search', q], (ledger, signal) => answer(ledger.query.GET('/v1/search',
    { signal, params: { query: { q, ...(owner === undefined ? {} : { owner }) } } })), { enabled: q !== '' });
  const only = found.data?.hits.length === 1 && found.data.q === q ? found.data.hits[0] : undefined;
  useEffect(() => {
    if (only !== undefined && placeOfHit(only) !== window.location.hash) {
      navigate(placeOfHit(only), 'replace');
    }
  }, [only]);
  return (
    <>
      <div className="title"><h1>Search</h1><AsOf of={found.data?.as_of} /></div>
      <Card title={`What is called “${shortened(q, 12)}”`}>
        <Answer of={found}>
          {({ hits, has_more }) => (
            <>
              <DataTable caption="What was found" rows={hits} rowKey={each => `${each.type} ${each.path}`}
                empty={NOTHING} columns={[
                  { key: 'type', title: 'What', cell: each => HITS[each.type] },
                  { key: 'id', title: 'Name', cell: each => <a href={placeOfHit(each)}>{shortened(each.id, 12)}</a> },
                  { key: 'service', title: 'Service', cell: each => each.service ?? '' },
                ]} />
              {has_more && <p className="muted">There are more requests of this id than are shown.</p>}
            </>
          )}
        </Answer>
      </Card>
    </>
  );
}
