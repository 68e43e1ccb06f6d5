import { href } from '../../app/router';
import { Address, Amount, DataTable, grouped, Status, Time } from '../../ui';
import { SETTLEMENT_STATES, type Settlement } from './terms';

/** Settlements, each with how it compares with the requests that it covers. */
export function SettlementRows({ caption, rows, empty }:
{ caption: string; rows: readonly Settlement[]; empty: string }) {
  return (
    <DataTable caption={caption} rows={rows} rowKey={each => each.id} empty={empty} columns={[
      { key: 'id', title: 'Settlement', cell: each => (
        <><a className="nowrap" href={href(['settlements', each.id])}>{each.id}</a>
          <div className="note nowrap"><Time of={each.block_time} /></div></>) },
      { key: 'state', title: 'State', cell: each => <SettlementStatus of={each} /> },
      { key: 'difference', title: 'Difference', align: 'end', cell: each => <Amount of={each.difference} signed /> },
      { key: 'asked', title: 'Claimed', align: 'end', cell: each => (
        <><Amount of={each.asked} />
          {each.amount !== each.asked && <div className="note">of it settled <Amount of={each.amount} /></div>}</>) },
      { key: 'requests', title: 'Requests', align: 'end', cell: each => grouped(each.requests) },
      { key: 'owner', title: 'Wallet', cell: each => <Address of={each.owner} kind="wallet" /> },
      { key: 'provider', title: 'Provider', cell: each => (
        <><Address of={each.provider} kind="provider" /><div className="note nowrap">{each.service}</div></>) },
    ]} />
  );
}

export function SettlementStatus({ of: { state, quarantined } }: { of: Settlement }) {
  return (
    <span className="row">
      <Status tone={SETTLEMENT_STATES[state].tone} tip={SETTLEMENT_STATES[state].meaning}>{state}</Status>
      {quarantined && <Status tone="bad" tip="The answers about this wallet stay at an earlier block">
        quarantined</Status>}
    </span>
  );
}
