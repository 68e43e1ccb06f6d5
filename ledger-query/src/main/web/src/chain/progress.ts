import type { Mined } from './send';

/** What the ledger shows of a transaction, as of its block. */
export interface ShownByLedger {
  readonly block: number;
  readonly finalized: boolean;
  /** The ids of the owner's entries that the transaction caused, and their block. */
  readonly entries: readonly { readonly id: string; readonly block: number | undefined }[];
}

/** How far a transaction has come. Only the ledger ends it, or a node whose block the ledger has reached. */
export type Progress =
  | { readonly state: 'sent' }
  | { readonly state: 'mined'; readonly block: number }
  | { readonly state: 'recorded'; readonly block: number | undefined; readonly finalized: boolean }
  | { readonly state: 'reverted' | 'unchanged'; readonly block: number };

/** @param mined undefined while the wallet's node has not answered */
export function progressOf(mined: Mined | undefined, shown: ShownByLedger | undefined): Progress {
  if (shown !== undefined && shown.entries.length > 0) {
    return { state: 'recorded', block: shown.entries[0]?.block, finalized: shown.finalized };
  }
  if (mined === undefined || !('block' in mined)) {
    return { state: 'sent' };
  }
  if (shown === undefined || shown.block < mined.block) {
    return { state: 'mined', block: mined.block };
  }
  return { state: mined.state === 'reverted' ? 'reverted' : 'unchanged', block: mined.block };
}
