import type { LedgerQuery } from 'neuron-ledger-client/browser';

/** What a caller may do, as the services name it. */
export type Scope = LedgerQuery['schemas']['Caller']['scopes'][number];
