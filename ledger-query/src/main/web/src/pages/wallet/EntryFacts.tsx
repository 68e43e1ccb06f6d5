import type { ReactNode } from 'react';
import { href } from '../../app/router';
import { Address, Amount, DataTable, grouped, shortened, Time } from '../../ui';
import { accountOf } from '../search/accounts';
import { EvidenceOf } from '../search/EvidenceOf';
import { ENTRY_WORDS, type Entry } from './entryWords';

/** An account of a posting without the owner, who is known. */
function accountText(name: string): ReactNode {
  const account = accountOf(name);
  switch (account?.kind) {
    case 'ledger':
      return 'Available in the ledger';
    case 'sub-account':
      return `Sub-account with ${shortened(account.provider)}, ${account.service}`;
    case 'provider':
      return `Provider ${shortened(account.provider)}`;
    default:
      return 'Outside of the ledger';
  }
}

/** Everything that an entry says. */
export function EntryFacts({ entry }: { entry: Entry }) {
  const { details } = entry;
  const facts: [string, ReactNode][] = [
    [
      'What',
      <>
        {ENTRY_WORDS[entry.type]} <span className="muted mono">{entry.type}</span>
      </>,
    ],
    ['Amount', entry.amount && <Amount of={entry.amount} />],
    ['Provider', entry.provider && <Address of={entry.provider} kind="provider" />],
    ['Service', entry.service],
    ['Payer', details.payer && <Address of={details.payer} kind="wallet" />],
    ['Asked for', details.asked && <Amount of={details.asked} />],
    ['Written off', details.written_off && details.written_off !== '0' && <Amount of={details.written_off} />],
    ['Cancelled refunds', details.cancelled && details.cancelled !== '0' && <Amount of={details.cancelled} />],
    ['Opened', details.opened && 'It opened the account'],
    ['Closed', details.closed && 'It closed the ledger'],
    ['Acknowledged', details.acknowledged === undefined ? undefined : details.acknowledged ? 'yes' : 'no'],
    ['Reason', details.reason],
    ['Nonce', details.nonce],
    [
      'Block',
      entry.position && (
        <>
          <a href={href(['blocks', String(entry.position.block)])}>{grouped(entry.position.block)}</a>, transaction{' '}
          {entry.position.transaction === 2147483647 ? 'none' : entry.position.transaction}
        </>
      ),
    ],
    ['Block time', entry.block_time && <Time of={entry.block_time} beside />],
    [
      'Evidence',
      entry.evidence && <EvidenceOf of={entry.evidence} />,
    ],
    [
      'Request',
      entry.request && (
        <>
          <span className="mono">{entry.request.request_id}</span>, {entry.request.model}, {entry.request.state}
        </>
      ),
    ],
    ['Decision', entry.resolution && `${entry.resolution.state}: ${entry.resolution.reason}`],
    ['Recorded', <Time of={entry.recorded_at} beside />],
    ['Id', <span className="mono">{entry.id}</span>],
  ];
  return (
    <div className="stack">
      {entry.retracted && <p className="notice warn">The chain has taken its block back: this no longer counts.</p>}
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== undefined && value !== false && value !== '')
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {entry.postings.length > 0 && (
        <DataTable
          caption="Postings, which sum to zero"
          rows={entry.postings}
          rowKey={each => each.account}
          empty=""
          columns={[
            { key: 'account', title: 'Account', cell: each => accountText(each.account) },
            { key: 'amount', title: 'Posted', align: 'end', cell: each => <Amount of={each.amount} signed /> },
          ]}
        />
      )}
      {entry.after !== undefined && (
        <p className="row">
          <span className="muted">After it</span>
          <span>
            <span className="muted">available</span> <Amount of={entry.after.available} />
          </span>
          <span>
            <span className="muted">locked</span> <Amount of={entry.after.locked} />
          </span>
          <span>
            <span className="muted">total</span> <Amount of={entry.after.total} />
          </span>
        </p>
      )}
    </div>
  );
}
