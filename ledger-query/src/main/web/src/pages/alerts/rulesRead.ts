import { answer } from 'neuron-ledger-client/browser';
import { usePages } from '../../app/read';

/** The rules of a wallet, or all of the operators'. */
export function useRules(owner: string | undefined) {
  return usePages(owner ?? 'none', ['alert-rules'], (ledger, cursor, signal) => answer(ledger.query.GET(
    '/v1/alert-rules', { signal, params: { query: { limit: 100, ...(owner === undefined ? {} : { owner }),
      ...(cursor === undefined ? {} : { cursor }) } } })));
}
