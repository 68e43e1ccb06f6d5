/** An account that a posting names. */
export type Account =
  | { readonly kind: 'outside' }
  | { readonly kind: 'ledger'; readonly owner: string }
  | { readonly kind: 'sub-account'; readonly owner: string; readonly provider: string; readonly service: string }
  | { readonly kind: 'provider'; readonly provider: string };

/**
 * Reads `outside`, `ledger:<owner>`, `sub-account:<owner>:<provider>:<service>` or `provider:<provider>`; undefined for
 * any other.
 *
 * @param known addresses with their checksums, which postings have not
 */
export function accountOf(name: string, known: readonly string[] = []): Account | undefined {
  const [kind, first, second, service] = name.split(':');
  const address = (lower: string) => known.find(each => each.toLowerCase() === lower.toLowerCase()) ?? lower;
  if (name === 'outside') {
    return { kind: 'outside' };
  }
  if (kind === 'ledger' && first !== undefined) {
    return { kind, owner: address(first) };
  }
  if (kind === 'provider' && first !== undefined) {
    return { kind, provider: address(first) };
  }
  return kind === 'sub-account' && first !== undefined && second !== undefined && service !== undefined
    ? { kind, owner: address(first), provider: address(second), service } : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  'funds-deposited.v1': 'Deposit',
  'funds-transferred.v1': 'Transfer to a provider',
  'refund-requested.v1': 'Refund requested',
  'refund-claimable.v1': 'Refund can be fetched',
  'refund-relocked.v1': 'Refund locked again',
  'refunds-completed.v1': 'Refunds fetched',
  'fees-settled.v1': 'Fees settled',
  'settlement-rejected.v1': 'Settlement rejected',
  'funds-withdrawn.v1': 'Withdrawal',
  'sub-account-closed.v1': 'Sub-account closed',
  'ledger-closed.v1': 'Ledger closed',
  'provider-acknowledged.v1': 'Provider acknowledged',
  'ledger-opened-from-snapshot.v1': 'Opened from a snapshot',
  'ledger-restated.v1': "Restated by the contract's state",
  'ledger-rewound.v1': 'Taken back by the chain',
  'usage-recorded.v1': 'Usage reported',
  'usage-reversed.v1': 'Usage reversed',
  'discrepancy-resolved.v1': 'Discrepancy resolved',
  'discrepancy-resolution-revoked.v1': 'Resolution revoked',
  'difference-resolution-proposed.v1': 'Resolution proposed',
  'difference-resolved.v1': 'Difference resolved',
  'difference-resolution-revoked.v1': 'Resolution revoked',
};

/** What an entry's type is called; one that is newer than this page is its own name. */
export function typeName(type: string): string {
  return TYPES[type] ?? type;
}
