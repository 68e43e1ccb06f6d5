import type { LedgerQuery } from 'neuron-ledger-client/browser';
import type { Scope } from './scopes';

/** Who asks. The token is in the memory of this page alone. */
export interface Caller {
  readonly token: string;
  /** Who it is, for people. */
  readonly name: string;
  /** Who it is, as the services name it. */
  readonly subject: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The wallet whose ledger is the only one that the caller reads; absent for one who reads all, or none. */
  readonly owner?: string;
  /** Until when the token is good, in ISO 8601, unless it is revoked before; absent where it does not end. */
  readonly endsAt?: string;
}

/** The caller of a token, by what the service says of it. */
export function callerOf(token: string, who: LedgerQuery['schemas']['Caller'], name?: string): Caller {
  const scopes = new Set(who.scopes);
  const readsOne = scopes.has('ledger:read:own') && !scopes.has('ledger:read');
  return { token, name: name ?? who.subject, subject: who.subject, scopes,
    ...(readsOne && who.owner !== undefined ? { owner: who.owner } : {}),
    ...(who.ends_at === undefined ? {} : { endsAt: who.ends_at }) };
}

/** Whether what one caller has read may be shown to the other: the same subject and wallet, with the same scopes. */
export function readsTheSame(one: Caller, other: Caller): boolean {
  return one.subject === other.subject && one.owner?.toLowerCase() === other.owner?.toLowerCase()
    && one.scopes.size === other.scopes.size && [...one.scopes].every(each => other.scopes.has(each));
}
