import type { LockPeriods, WalletAction } from './forecast';
import type { Holdings } from './holdings';

/** The services that an act can be about. */
export interface KnownServices {
  /** In alphabetical order. */
  readonly names: readonly string[];
  /** Whether there can be no other: only a transfer reaches services without a sub-account. */
  readonly all: boolean;
}

/** @param locks of all services; undefined for who may not read them */
export function knownServices(kind: WalletAction['kind'], holdings: Holdings, locks: LockPeriods): KnownServices {
  const names = [...new Set([...(locks?.keys() ?? []), ...holdings.subAccounts.map(each => each.service)])].sort();
  return { names, all: names.length > 0 && (locks !== undefined || kind !== 'transfer') };
}
