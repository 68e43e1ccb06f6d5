import { type LedgerQuery } from 'neuron-ledger-client/browser';
import { Address, Amount } from '../../ui';
import { accountOf } from './accounts';

type Posting = LedgerQuery['schemas']['Posting'];

/** What each account gains or loses. */
export function Postings({ of, known }: { of: readonly Posting[]; known: readonly string[] }) {
  return (
    <ul className="postings">
      {of.map((each, i) => (
        <li key={i}><span className="grow"><AccountName of={each.account} known={known} /></span>
          <Amount of={each.amount} signed /></li>
      ))}
    </ul>
  );
}

function AccountName({ of, known }: { of: string; known: readonly string[] }) {
  const account = accountOf(of, known);
  switch (account?.kind) {
    case undefined:
      return <>{of}</>;
    case 'outside':
      return <>Outside</>;
    case 'ledger':
      return <>Ledger of <Address of={account.owner} kind="wallet" /></>;
    case 'provider':
      return <>Provider <Address of={account.provider} kind="provider" /></>;
    case 'sub-account':
      return <>Sub-account ({account.service}) of <Address of={account.owner} kind="wallet" /> with <Address
        of={account.provider} kind="provider" /></>;
  }
}
