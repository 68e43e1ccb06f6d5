import { type LedgerQuery } from 'neuron-ledger-client/browser';
import { href } from '../../app/router';
import { Address, Amount, DataTable, grouped, Status, Time } from '../../ui';
import { typeName } from '../wallet/entryWords';
import { EvidenceOf } from './EvidenceOf';

export type Entry = LedgerQuery['schemas']['Entry'];

type Listed = Entry & { readonly owner?: string };

/**
 * Entries of a journal.
 *
 * @param of of one wallet; or of one transaction or block, with the wallet of each
 */
export function EntryRows({ caption, rows, empty, of }: { caption: string; rows: readonly Listed[]; empty: string;
  of: 'wallet' | 'transaction' | 'block' }) {
  return (
    <DataTable caption={caption} rows={rows} empty={empty} rowKey={each => each.id} columns={[
      { key: 'type', title: 'Entry', cell: each => (
        <span className="row"><a href={entryHref(each.id, each.owner)}>{typeName(each.type)}</a>
          {each.retracted && <Status tone="warn" tip="The chain took it back">retracted</Status>}</span>) },
      ...(of === 'wallet' ? [] : [{ key: 'owner', title: 'Wallet', cell: (each: Listed) => each.owner
        && <Address of={each.owner} kind="wallet" /> }]),
      { key: 'provider', title: 'Provider', cell: each => each.provider && (
        <><Address of={each.provider} kind="provider" /><div className="note">{each.service}</div></>) },
      { key: 'amount', title: 'Amount', align: 'end', cell: each => each.amount && <Amount of={each.amount} /> },
      ...(of === 'wallet' ? [{ key: 'block', title: 'Block', cell: (each: Listed) => each.position && (
        <><a href={href(['blocks', String(each.position.block)])}>{grouped(each.position.block)}</a>
          {each.block_time && <div className="note nowrap"><Time of={each.block_time} /></div>}</>) }] : []),
      ...(of === 'block' ? [{ key: 'evidence', title: 'Known by', cell: (each: Listed) => each.evidence
        && <EvidenceOf of={each.evidence} /> }] : []),
      { key: 'recorded', title: 'Recorded', cell: each => <span className="nowrap"><Time of={each.recorded_at} />
      </span> },
    ]} />
  );
}

/** An entry's page. Who reads one wallet only has to name it. */
export function entryHref(id: string, owner?: string): string {
  return href(['entries', id], owner === undefined ? {} : { owner });
}
