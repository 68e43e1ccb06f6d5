import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type LedgerClient } from 'neuron-ledger-client/browser';
import { useSession } from './session';

/**
 * Something that changes what the services have: `mutate(given)`, `isPending`, `error`, `data`.
 *
 * @param changes the names of the answers that are asked for again afterwards, also where it failed: the first word of
 *   their keys
 */
export function useAct<Given, Done>(act: (ledger: LedgerClient, given: Given) => Promise<Done>,
  changes: readonly string[]) {
  const { ledger } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (given: Given) => act(ledger, given),
    onSettled: () => {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => changes.includes(String(queryKey[1])) });
    },
  });
}
