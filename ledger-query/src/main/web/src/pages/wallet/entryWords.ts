import type { LedgerQuery } from 'neuron-ledger-client/browser';
import type { Tone } from '../../ui';

export type Entry = LedgerQuery['schemas']['Entry'];
type Evidence = LedgerQuery['schemas']['Evidence'];

/** What an entry is, for people, by its stored name. */
export const ENTRY_WORDS: Record<Entry['type'], string> = {
  'funds-deposited.v1': 'Deposit',
  'funds-transferred.v1': 'Transfer',
  'refund-requested.v1': 'Refund asked for',
  'refund-claimable.v1': 'Refund claimable',
  'refund-relocked.v1': 'Refund locked again',
  'refunds-completed.v1': 'Refunds fetched',
  'fees-settled.v1': 'Fees settled',
  'settlement-rejected.v1': 'Settlement rejected',
  'funds-withdrawn.v1': 'Withdrawal',
  'sub-account-closed.v1': 'Sub-account closed',
  'ledger-closed.v1': 'Ledger closed',
  'provider-acknowledged.v1': 'Provider acknowledged or not',
  'ledger-opened-from-snapshot.v1': 'Opened from a snapshot',
  'ledger-restated.v1': 'Restated from the contract',
  'ledger-rewound.v1': 'Taken back by a fork',
  'usage-recorded.v1': 'Usage reported',
  'usage-reversed.v1': 'Usage reversed',
  'discrepancy-resolved.v1': 'Discrepancy resolved',
  'discrepancy-resolution-revoked.v1': 'Resolution revoked',
  'difference-resolution-proposed.v1': 'Resolution of a difference proposed',
  'difference-resolved.v1': 'Difference resolved',
  'difference-resolution-revoked.v1': 'Resolution of a difference revoked',
};

/** What an entry's type is called; one that is newer than this page is its own name. */
export function typeName(type: string): string {
  return (ENTRY_WORDS as Readonly<Record<string, string>>)[type] ?? type;
}

export const EVIDENCE_KINDS = ['log', 'transaction', 'trace', 'snapshot', 'unexplained', 'unverified', 'none'] as const;

/** How strong an evidence is, and what it means. */
export const EVIDENCE_WORDS: Record<Evidence['kind'], { tone: Tone; means: string }> = {
  log: { tone: 'good', means: 'A log of a followed contract' },
  transaction: { tone: 'good', means: 'A transaction that called the contract' },
  trace: { tone: 'good', means: 'A call inside a transaction' },
  snapshot: { tone: 'info', means: 'The difference of two states that were read' },
  unexplained: { tone: 'bad', means: 'The difference of two states, which no log, call or trace explains' },
  unverified: { tone: 'warn', means: 'Emitted by a contract with unknown code: its meaning is a guess' },
};
