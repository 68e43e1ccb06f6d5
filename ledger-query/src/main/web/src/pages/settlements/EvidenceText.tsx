import { type LedgerQuery } from 'neuron-ledger-client/browser';
import { href } from '../../app/router';
import { Address, Hash } from '../../ui';

type Evidence = LedgerQuery['schemas']['Evidence'];

/** How a fact is known: the log, the transaction, or the states between which it happened. */
export function EvidenceText({ of }: { of: Evidence }) {
  switch (of.kind) {
    case 'log':
      return <>log {of.log_index} of <Address of={of.emitter} kind="plain" /> in <Transaction
        of={of.transaction_hash} /></>;
    case 'transaction':
      return <>the call in <Transaction of={of.transaction_hash} /></>;
    case 'trace':
      return <>a call inside <Transaction of={of.transaction_hash} />, by its trace</>;
    case 'snapshot':
      return <>the difference of the states at block {of.from_block} and {of.to_block}</>;
    case 'unexplained':
      return <>the difference of the states at block {of.from_block} and {of.to_block}, which no call explains</>;
    case 'unverified':
      return <><EvidenceText of={of.evidence} />, of code that nobody has looked at: <Address
        of={of.implementation} kind="plain" /></>;
  }
}

function Transaction({ of }: { of: string }) {
  return <Hash of={of} to={href(['transactions', of])} what="transaction hash" />;
}
