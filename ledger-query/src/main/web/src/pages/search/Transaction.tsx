import { answer } from 'neuron-ledger-client/browser';
import { type PageProps } from '../../app/pages';
import { usePages } from '../../app/read';
import { href } from '../../app/router';
import { Answer, AsOf, Card, ExportButton, grouped, Hash, More, shortened, Time } from '../../ui';
import { EntryRows } from './EntryRows';

/** What a transaction caused, for all owners. */
export default function Transaction({ values: { hash = '' } }: PageProps) {
  const found = usePages('all', ['transaction', hash], (ledger, cursor, signal) => answer(ledger.query.GET(
    '/v1/transactions/{hash}/entries', { signal, params: { path: { hash }, query: { limit: 100,
      ...(cursor === undefined ? {} : { cursor }) } } })));
  const first = found.data?.pages[0]?.entries[0];
  return (
    <>
      <div className="title">
        <h1>Transaction <Hash of={hash} what="transaction hash" /></h1>
        <AsOf of={found.data?.pages[0]?.as_of} failed={found.error !== null} />
      </div>
      {first?.position && first.block_time && (
        <p className="muted">In block <a href={href(['blocks', String(first.position.block)])}>
          {grouped(first.position.block)}</a>, <Time of={first.block_time} beside /></p>
      )}
      <Card title="What it caused" wide actions={
        <ExportButton what="entries" begin={(ledger, format) => answer(ledger.query.POST(
          '/v1/transactions/{hash}/entries/exports', { params: { path: { hash }, query: { format } } }))} />}>
        <Answer of={found}>
          {({ pages }) => (
            <>
              <EntryRows caption={`Entries of transaction ${shortened(hash)}`} of="transaction"
                rows={pages.flatMap(each => each.entries)} empty="Nothing, or nobody knows this transaction." />
              <More pages={found} />
            </>
          )}
        </Answer>
      </Card>
    </>
  );
}
