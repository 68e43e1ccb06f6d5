import { answer } from 'neuron-ledger-client/browser';
import { type PageProps } from '../../app/pages';
import { usePages } from '../../app/read';
import { href } from '../../app/router';
import { Answer, AsOf, Card, Empty, ExportButton, grouped, Hash, More, Time } from '../../ui';
import { EntryRows } from './EntryRows';

/** What a block caused, for all owners. */
export default function Block({ values: { block = '' } }: PageProps) {
  const known = /^\d{1,15}$/.test(block);
  const number = Number(block);
  const found = usePages('all', ['block', block], (ledger, cursor, signal) => answer(ledger.query.GET(
    '/v1/blocks/{number}/entries', { signal, params: { path: { number }, query: { limit: 100,
      ...(cursor === undefined ? {} : { cursor }) } } })), { enabled: known });
  if (!known) {
    return <><h1>There is no such block</h1><Empty>A block is named by its number here.</Empty></>;
  }
  const first = found.data?.pages[0]?.entries.find(each => !each.retracted);
  return (
    <>
      <div className="title">
        <h1>Block {grouped(block)}</h1>
        <AsOf of={found.data?.pages[0]?.as_of} failed={found.error !== null} />
      </div>
      <p className="row">
        {number > 0 && (
          <a className="button" href={href(['blocks', String(number - 1)])}>Block {grouped(number - 1)}</a>)}
        <a className="button" href={href(['blocks', String(number + 1)])}>Block {grouped(number + 1)}</a>
        {first?.block_hash && <Hash of={first.block_hash} what="block hash" />}
        {first?.block_time && <Time of={first.block_time} beside />}
      </p>
      <Card title="What it caused" wide actions={
        <ExportButton what="entries" begin={(ledger, format) => answer(ledger.query.POST(
          '/v1/blocks/{number}/entries/exports', { params: { path: { number }, query: { format } } }))} />}>
        <Answer of={found}>
          {({ pages }) => (
            <>
              <EntryRows caption={`Entries of block ${block}`} of="block" rows={pages.flatMap(each => each.entries)}
                empty="Nothing: no wallet was touched." />
              <More pages={found} />
            </>
          )}
        </Answer>
      </Card>
    </>
  );
}
