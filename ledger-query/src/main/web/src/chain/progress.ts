import type { Mined } from './send';

/** What the ledger shows of a transaction, as of its block. */
export interface ShownByLedger {
  readonly block: number;
  readonly finalized: boolean;
  /** The ids of the owner's entries that the transaction caused, and their block. */
  readonly entries: readonly { readonly id: string; readonly block: number | undefined }[];
}

/** What is read of the ledger about a transaction. */
export interface LedgerReads {
  /** The block that it has in every partition; undefined before the first. */
  asOf(): Promise<{ readonly block: number; readonly finalized: boolean } | undefined>;
  /** The owner's entries of the transaction; undefined where the owner has no ledger. */
  entries(): Promise<ShownByLedger | undefined>;
}

/**
 * What the ledger shows of a transaction, undefined before its first block. The block is asked for before the entries:
 * that there are none, which names no block, is true of that block at least.
 */
export async function shownByLedger({ asOf, entries }: LedgerReads): Promise<ShownByLedger | undefined> {
  const before = await asOf();
  return await entries() ?? (before && { ...before, entries: [] });
}

/** How far a transaction has come. Only the ledger ends it, or a node whose block the ledger has reached. */
export type Progress =
  | { readonly state: 'sent' | 'unknown' }
  | { readonly state: 'mined'; readonly block: number }
  | { readonly state: 'recorded'; readonly block: number | undefined; readonly finalized: boolean }
  | { readonly state: 'reverted' | 'unchanged'; readonly block: number };

/** @param mined undefined while the wallet's node has not answered */
export function progressOf(mined: Mined | undefined, shown: ShownByLedger | undefined): Progress {
  if (shown !== undefined && shown.entries.length > 0) {
    return { state: 'recorded', block: shown.entries[0]?.block, finalized: shown.finalized };
  }
  if (mined === undefined || !('block' in mined)) {
    return { state: mined?.state === 'unknown' ? 'unknown' : 'sent' };
  }
  if (shown === undefined || shown.block < mined.block) {
    return { state: 'mined', block: mined.block };
  }
  return { state: mined.state === 'reverted' ? 'reverted' : 'unchanged', block: mined.block };
}
