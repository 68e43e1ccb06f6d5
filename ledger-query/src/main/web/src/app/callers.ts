import { isAddress } from '../ui/format';
import type { Scope } from './scopes';

/** Who asks. The token is in the memory of this page alone. */
export interface Caller {
  readonly token: string;
  /** Who it is, for people. */
  readonly name: string;
  /** Who it is, as the issuer names it; absent for an API key, which says nothing of itself. */
  readonly subject?: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The wallet to which the token is bound. */
  readonly owner?: string;
}

/** The wallet that a token is of: the token of a wallet has its address as the subject, and reads its ledger alone. */
export function walletOf({ subject, scopes }: Pick<Caller, 'subject' | 'scopes'>): string | undefined {
  return subject !== undefined && isAddress(subject) && readsOneOnly(scopes) ? subject : undefined;
}

/**
 * The wallet that a search is limited to: that of the caller; one who reads one wallet only, and does not say which, is
 * asked for it by searching for its address. Undefined where the caller reads all, or names none.
 */
export function searchedOwner({ owner, scopes }: Pick<Caller, 'owner' | 'scopes'>, q: string): string | undefined {
  return owner ?? (readsOneOnly(scopes) && isAddress(q) ? q : undefined);
}

function readsOneOnly(scopes: ReadonlySet<Scope>): boolean {
  return scopes.has('ledger:read:own') && !scopes.has('ledger:read');
}

/**
 * Whether what one caller has read may be shown to the other: the same subject or wallet, with the same scopes. A
 * caller of whom neither is known is nobody's same.
 */
export function readsTheSame(one: Caller, other: Caller): boolean {
  const known = one.subject !== undefined || one.owner !== undefined;
  return known && one.subject === other.subject && one.owner?.toLowerCase() === other.owner?.toLowerCase()
    && one.scopes.size === other.scopes.size && [...one.scopes].every(each => other.scopes.has(each));
}
