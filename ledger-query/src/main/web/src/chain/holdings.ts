import type { LedgerQuery } from 'neuron-ledger-client/browser';

/** A part of a sub-account's balance that is asked back; `claimable` once its lock has passed. Amounts in neuron. */
export interface PendingRefund {
  readonly amount: bigint;
  readonly requestedAt: string;
  readonly unlocksAt: string;
  readonly claimable: boolean;
}

/** What a sub-account holds; `refunds` are oldest first. */
export interface SubAccountHoldings {
  readonly provider: string;
  readonly service: string;
  readonly balance: bigint;
  readonly acknowledged: boolean;
  readonly refunds: readonly PendingRefund[];
}

/** What an owner holds at one block, as the ledger answers. */
export interface Holdings {
  readonly owner: string;
  readonly open: boolean;
  readonly available: bigint;
  readonly total: bigint;
  readonly subAccounts: readonly SubAccountHoldings[];
}

/** Of an owner without a ledger. */
export function noHoldings(owner: string): Holdings {
  return { owner, open: false, available: 0n, total: 0n, subAccounts: [] };
}

/** @param ledger with its detail */
export function holdingsOf(ledger: LedgerQuery['schemas']['Ledger']): Holdings {
  return {
    owner: ledger.owner,
    open: ledger.state === 'open',
    available: BigInt(ledger.available),
    total: BigInt(ledger.total),
    subAccounts: (ledger.detail?.sub_accounts ?? []).map(each => ({
      provider: each.provider,
      service: each.service,
      balance: BigInt(each.balance),
      acknowledged: each.acknowledged,
      refunds: each.refunds.map(refund => ({ amount: BigInt(refund.amount), requestedAt: refund.requested_at,
        unlocksAt: refund.unlocks_at, claimable: refund.state === 'claimable' })),
    })),
  };
}

export const pendingOf = (account: SubAccountHoldings) => sum(account.refunds);
export const freeOf = (account: SubAccountHoldings) => account.balance - pendingOf(account);

export function sum(refunds: readonly PendingRefund[]): bigint {
  return refunds.reduce((all, each) => all + each.amount, 0n);
}
