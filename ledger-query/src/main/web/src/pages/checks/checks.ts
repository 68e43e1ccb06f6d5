import { type LedgerCommand, type LedgerQuery } from 'neuron-ledger-client/browser';

export type Guarded = LedgerQuery['schemas']['Status']['guard'][number];

/** How many blocks there are, and how many of them are known to be complete. */
export function guardedBlocks(guard: readonly Guarded[]): { readonly all: number; readonly verified: number } {
  const count = (of: readonly Guarded[]) => of.reduce((sum, each) => sum + each.to - each.from + 1, 0);
  return { all: count(guard), verified: count(guard.filter(each => each.guard !== 'none')) };
}

/** An owner in quarantine. */
export interface Quarantined {
  readonly owner: string;
  readonly by: 'ledger-command' | 'ledger-query';
  readonly reason: string;
  /** The records that wait; undefined where the service does not count them. */
  readonly parked: number | undefined;
}

/**
 * The owners in quarantine, each once for each service that has found something: ledger-query hears of those of
 * ledger-command too, and says more about them.
 */
export function ownersInQuarantine(read: LedgerQuery['schemas']['Quarantine']['owners'],
  decided: readonly LedgerCommand['schemas']['QuarantinedOwner'][]): Quarantined[] {
  const found: Quarantined[] = read.map(({ owner, found_by, reason, parked }) => ({ owner, by: found_by, reason,
    parked }));
  const heard = new Set(found.filter(each => each.by === 'ledger-command').map(each => each.owner.toLowerCase()));
  return [...found, ...decided.filter(each => !heard.has(each.owner.toLowerCase()))
    .map(({ owner, reason }): Quarantined => ({ owner, by: 'ledger-command', reason, parked: undefined }))];
}
