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

/**
 * Whether what one caller has read may be shown to the other: the same subject or wallet, with the same scopes. A
 * caller of whom neither is known is nobody's same.
 */
export function readsTheSame(one: Caller, other: Caller): boolean {
  const known = one.subject !== undefined || one.owner !== undefined;
  return known && one.subject === other.subject && one.owner?.toLowerCase() === other.owner?.toLowerCase()
    && one.scopes.size === other.scopes.size && [...one.scopes].every(each => other.scopes.has(each));
}
