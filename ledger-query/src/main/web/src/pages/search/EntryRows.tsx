import { type LedgerQuery } from 'neuron-ledger-client/browser';
import { href } from '../../app/router';
import { Address, Amount, DataTable, Status, Time } from '../../ui';
import { typeName } from './accounts';

export type Entry = LedgerQuery['schemas']['Entry'];

/** Entries of a journal; with their wallets where they are of several. */
export function EntryRows({ caption, rows, empty, owners = false }:
{ caption: string; rows: readonly (Entry & { owner?: string })[]; empty: string; owners?: boolean }) {
  return (
    <DataTable caption={caption} rows={rows} empty={empty} rowKey={each => each.id} columns={[
      { key: 'type', title: 'Entry', cell: each => (
        <span className="row"><a href={entryHref(each.id, each.owner)}>{typeName(each.type)}</a>
          {each.retracted && <Status tone="warn" tip="The chain took it back">retracted</Status>}</span>) },
      ...(owners ? [{ key: 'owner', title: 'Wallet', cell: (each: Entry & { owner?: string }) => each.owner
        && <Address of={each.owner} kind="wallet" /> }] : []),
      { key: 'provider', title: 'Provider', cell: each => each.provider && (
        <><Address of={each.provider} kind="provider" /><div className="note">{each.service}</div></>) },
      { key: 'amount', title: 'Amount', align: 'end', cell: each => each.amount && <Amount of={each.amount} /> },
      { key: 'block', title: 'Block', cell: each => each.position && (
        <><a href={href(['blocks', String(each.position.block)])}>{each.position.block}</a>
          {each.block_time && <div className="note nowrap"><Time of={each.block_time} /></div>}</>) },
      { key: 'recorded', title: 'Recorded', cell: each => <span className="nowrap"><Time of={each.recorded_at} />
      </span> },
    ]} />
  );
}

/** An entry's page. Who reads one wallet only has to name it. */
export function entryHref(id: string, owner?: string): string {
  return href(['entries', id], owner === undefined ? {} : { owner });
}
