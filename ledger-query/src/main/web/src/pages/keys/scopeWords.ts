import { type Scope } from '../../app/scopes';

/** What each scope allows. */
export const SCOPES: Record<Scope, string> = {
  'ledger:read': 'Read the ledgers of all wallets, providers and usage',
  'ledger:read:own': 'Read the ledger of one wallet',
  'usage:write': 'Report usage',
  'finance:read': 'Read settlements, reports, periods and discrepancies',
  'finance:write': 'Resolve discrepancies and close periods',
  'events:subscribe': 'Receive events and alerts of all wallets',
  'metrics:read': 'Read the metrics of the services',
  'access-log:read': 'Read who asked for what',
  'admin': 'Manage keys, rebuild, and release owners in quarantine',
};

export const ALL_SCOPES = Object.keys(SCOPES) as Scope[];

/** The scopes that a caller can give to a key: no more than they have, and that of a ledger which they read. */
export function givable(has: ReadonlySet<Scope>): readonly Scope[] {
  return ALL_SCOPES.filter(each => has.has(each) || (each === 'ledger:read:own' && has.has('ledger:read')));
}
