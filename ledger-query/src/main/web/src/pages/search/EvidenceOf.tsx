import type { LedgerQuery } from 'neuron-ledger-client/browser';
import type { ReactNode } from 'react';
import { href } from '../../app/router';
import { Address, grouped, Hash, Status } from '../../ui';
import { EVIDENCE_WORDS } from '../wallet/entryWords';

type Evidence = LedgerQuery['schemas']['Evidence'];

/**
 * How a fact is known: the log, the transaction, the call inside of it, or the states between which it happened.
 *
 * @param brief without the contracts, for the column of a table
 */
export function EvidenceOf({ of, brief = false }: { of: Evidence; brief?: boolean }) {
  const { tone, means } = EVIDENCE_WORDS[of.kind];
  return (
    <span>
      <Status tone={tone} tip={means}>{of.kind}</Status> {particulars(of, brief)}
    </span>
  );
}

function particulars(of: Evidence, brief: boolean): ReactNode {
  switch (of.kind) {
    case 'log':
      return brief ? <Transaction of={of.transaction_hash} /> : (
        <>{of.log_index} of <Address of={of.emitter} kind="plain" /> in <Transaction of={of.transaction_hash} /></>
      );
    case 'transaction':
      return <Transaction of={of.transaction_hash} />;
    case 'trace':
      return <>of <Transaction of={of.transaction_hash} /></>;
    case 'snapshot':
    case 'unexplained':
      return <>of the states at block {grouped(of.from_block)} and {grouped(of.to_block)}</>;
    case 'unverified':
      return brief ? particulars(of.evidence, true) : (
        <><EvidenceOf of={of.evidence} />, of code that nobody has looked at: <Address of={of.implementation}
          kind="plain" /></>
      );
  }
}

function Transaction({ of }: { of: string }) {
  return <Hash of={of} to={href(['transactions', of])} what="transaction hash" />;
}
