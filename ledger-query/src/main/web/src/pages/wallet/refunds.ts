import type { LedgerQuery } from 'neuron-ledger-client/browser';

export type Refund = LedgerQuery['schemas']['Refund'];
export type SubAccount = LedgerQuery['schemas']['SubAccount'];

/**
 * How many seconds a refund still waits: by the clock, which a block's time can be ahead of; of a past block by that
 * block's time. Not positive once its lock is over.
 */
export function secondsLeft(unlocksAt: string, blockTime: string, now: number, past: boolean): number {
  const at = past ? Date.parse(blockTime) : Math.max(Date.parse(blockTime), now);
  return Math.ceil((Date.parse(unlocksAt) - at) / 1000);
}

/** What a sub-account's balance consists of: the three parts are all of it. */
export function partsOf({ balance, free, pending_refund: pending, spendable }: SubAccount): {
  spendable: bigint;
  unsettled: bigint;
  pending: bigint;
  balance: bigint;
} {
  return {
    spendable: BigInt(spendable),
    unsettled: BigInt(free) - BigInt(spendable),
    pending: BigInt(pending),
    balance: BigInt(balance),
  };
}

/** The refunds that could be fetched, summed up. */
export function claimable(accounts: readonly SubAccount[]): bigint {
  return accounts
    .flatMap(each => each.refunds)
    .filter(each => each.state === 'claimable')
    .reduce((sum, each) => sum + BigInt(each.amount), 0n);
}
