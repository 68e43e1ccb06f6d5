import { answer } from 'neuron-ledger-client/browser';
import { useRead } from './read';

/** How far the ledger is, and whether the chain is followed; asked for again after so many milliseconds. */
export function useStatus(every: number) {
  return useRead('all', ['status'], (ledger, signal) => answer(ledger.query.GET('/v1/status', { signal })), { every });
}
