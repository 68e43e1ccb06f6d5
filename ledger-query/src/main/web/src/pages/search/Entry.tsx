import { answer, type LedgerQuery } from 'neuron-ledger-client/browser';
import { type ReactNode } from 'react';
import { type PageProps } from '../../app/pages';
import { usePages } from '../../app/read';
import { href, usePlace } from '../../app/router';
import { useSession } from '../../app/session';
import { Address, Amount, Answer, AsOf, Card, DataTable, Figure, Figures, grouped, More, Status, Time } from '../../ui';
import { Requests } from '../settlements/Requests';
import { typeName } from '../wallet/entryWords';
import { EntryRows, type Entry as Shown } from './EntryRows';
import { EvidenceOf } from './EvidenceOf';
import { Postings } from './Postings';

type EntryAnswer = LedgerQuery['schemas']['EntryAnswer'];

/** One entry of a journal, with what caused it and what followed. */
export default function Entry({ values: { id = '' } }: PageProps) {
  const { caller } = useSession();
  const { query } = usePlace();
  const owner = caller?.owner ?? query.get('owner') ?? undefined;
  const found = usePages('all', ['entry', id, owner], (ledger, cursor, signal) => answer(ledger.query.GET(
    '/v1/entries/{entry}', { signal, params: { path: { entry: id }, query: { limit: 100,
      ...(owner === undefined ? {} : { owner }), ...(cursor === undefined ? {} : { cursor }) } } })));
  const first = found.data?.pages[0];
  return (
    <>
      <div className="title">
        <h1>{first === undefined ? `Entry ${id}` : typeName(first.entry.type)}</h1>
        <AsOf of={first?.as_of} failed={found.error !== null} />
      </div>
      <Answer of={found}>
        {({ pages }) => pages[0] && (
          <>
            <Summary of={pages[0]} />
            <Consequences of={pages[0]} />
            {pages[0].settlement && (
              <Card title="Requests that the settlement covers" wide actions={caller?.owner === undefined && (
                <a className="button" href={href(['settlements', pages[0].settlement.id])}>Settlement</a>)}>
                <Requests rows={pages.flatMap(each => each.matched_requests)} empty="No reported request." />
                <More pages={found} />
              </Card>
            )}
          </>
        )}
      </Answer>
    </>
  );
}

function Summary({ of: { owner, entry, quarantined } }: { of: EntryAnswer }) {
  const { after } = entry;
  return (
    <div className="cards">
      <Card title={`Entry ${entry.id}`} actions={
        <>
          {entry.retracted && <Status tone="warn" tip="The chain took it back">retracted</Status>}
          {quarantined && <Status tone="bad" tip="The answers about this wallet stay at an earlier block">quarantined
          </Status>}
        </>}>
        <dl className="facts">
          <dt>Wallet</dt><dd><Address of={owner} kind="wallet" /></dd>
          {entry.amount && <><dt>Amount</dt><dd><Amount of={entry.amount} /></dd></>}
          {entry.provider && <><dt>Provider</dt><dd><Address of={entry.provider} kind="provider" /></dd></>}
          {entry.service && <><dt>Service</dt><dd>{entry.service}</dd></>}
          {detailsOf(entry).map(([name, value]) => <Fact key={name} name={name}>{value}</Fact>)}
          {entry.position && <><dt>Block</dt><dd><a href={href(['blocks', String(entry.position.block)])}>
            {grouped(entry.position.block)}</a></dd></>}
          {entry.block_time && <><dt>Block time</dt><dd><Time of={entry.block_time} beside /></dd></>}
          <dt>Recorded</dt><dd><Time of={entry.recorded_at} beside /></dd>
          <dt>Evidence</dt>
          <dd>{entry.evidence ? <EvidenceOf of={entry.evidence} /> : 'none: no fact of the chain'}</dd>
        </dl>
      </Card>
      {(entry.postings.length > 0 || after) && (
        <Card title="What it moved">
          {entry.postings.length === 0 ? <p className="muted">No money.</p>
            : <Postings of={entry.postings} known={[owner, ...(entry.provider ? [entry.provider] : [])]} />}
          {after && (
            <>
              <h3>Afterwards</h3>
              <Figures>
                <Figure name="Available"><Amount of={after.available} /></Figure>
                <Figure name="Locked"><Amount of={after.locked} /></Figure>
                <Figure name="Total"><Amount of={after.total} /></Figure>
              </Figures>
            </>
          )}
        </Card>
      )}
      {entry.request && <Card title="The request" wide><Requests rows={[entry.request]} empty="" /></Card>}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <><dt>{name}</dt><dd>{children}</dd></>;
}

/** What the entry's type says beyond its amount. */
function detailsOf({ details, resolution }: Shown): readonly (readonly [string, ReactNode])[] {
  const { payer, cancelled, asked, written_off, nonce, reason, acknowledged, refund, requested_at, lock_period, run,
    from_block } = details;
  return ([
    payer && ['Paid by', <Address of={payer} kind="plain" />],
    asked && ['Claimed', <Amount of={asked} />],
    written_off && written_off !== '0' && ['Written off', <Amount of={written_off} />],
    cancelled && cancelled !== '0' && ['Of it cancelled refunds', <Amount of={cancelled} />],
    refund && ['Refund', refund],
    requested_at && ['Requested', <Time of={requested_at} />],
    lock_period && ['Lock period', lock_period],
    nonce && ['Nonce', nonce],
    reason && ['Reason', reason],
    acknowledged !== undefined && ['Acknowledged', acknowledged ? 'yes' : 'no longer'],
    run && ['Comparison', run],
    from_block !== undefined && ['From block', (
      <a href={href(['blocks', String(from_block)])}>{grouped(from_block)}</a>)],
    resolution && ['Discrepancy', resolution.key],
    resolution && ['Reason of the decision', resolution.reason],
  ] as readonly (readonly [string, ReactNode] | false | '' | undefined)[])
    .filter((each): each is readonly [string, ReactNode] => Array.isArray(each));
}

/** What belongs to the entry: only what there is. */
function Consequences({ of }: { of: EntryAnswer }) {
  const own = (rows: readonly Shown[]) => rows.map(each => ({ ...each, owner: of.owner }));
  const lists: readonly (readonly [string, readonly Shown[]])[] = [
    ['In the same transaction', of.same_transaction],
    ['The requests of these refunds', of.refund_requests],
    ['Taken back by', of.retracted_by ? [of.retracted_by] : []],
    ['Also about this request', of.corrections],
  ];
  return (
    <>
      {lists.filter(([, rows]) => rows.length > 0).map(([title, rows]) => (
        <Card key={title} title={title} wide>
          <EntryRows caption={title} rows={own(rows)} of="wallet" empty="" />
          {title === lists[0]?.[0] && of.same_transaction_has_more && <p className="muted">There are more: the page
            of the transaction has all of them.</p>}
        </Card>
      ))}
      {of.discrepancies.length > 0 && (
        <Card title="Rules that it breaks" wide>
          <DataTable caption="Rules that it breaks" rows={of.discrepancies} rowKey={each => each.key} empty=""
            columns={[
            { key: 'rule', title: 'Rule', cell: each => each.rule },
            { key: 'expected', title: 'Expected', cell: each => each.expected },
            { key: 'actual', title: 'Found', cell: each => each.actual },
            { key: 'state', title: 'State', cell: each => each.retracted && <Status tone="idle">retracted</Status> },
          ]} />
          {of.resolutions.map(each => (
            <p key={`${each.key} ${each.at}`} className="notice">{each.state}, <Time of={each.at} />: “
              {each.reason}”</p>
          ))}
        </Card>
      )}
    </>
  );
}
