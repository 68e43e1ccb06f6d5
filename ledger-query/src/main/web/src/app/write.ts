import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type LedgerClient } from 'neuron-ledger-client/browser';
import { CHANGING } from './read';
import { useSession } from './session';

/**
 * Something that a person decides. Once it is stored, and the read side has it, every answer is asked for again: what
 * is shown afterwards has it.
 *
 * Its answer is `shown` unless the read side does not have it yet. That is no failure: nothing is to be decided again.
 *
 * @param write its answer's `token` names what was stored
 */
export function useWrite<V, T extends { readonly token?: string }>(
  write: (ledger: LedgerClient, values: V) => Promise<T>) {
  const { ledger, may } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (values: V) => {
      const written = await write(ledger, values);
      const shown = written.token === undefined || !may('finance:read') || await seen(ledger, written.token);
      return { ...written, shown };
    },
    onSettled: () => queries.invalidateQueries(CHANGING),
  });
}

/** Whether this caller may decide anything, and the deployment has a service that takes it. */
export function useMayDecide(): boolean {
  const { config, may } = useSession();
  return config.services.command !== undefined && may('finance:write');
}

async function seen(ledger: LedgerClient, token: string): Promise<boolean> {
  try {
    await ledger.seeing(token).query.GET('/v1/discrepancies', { params: { query: { limit: 1 } } });
    return true;
  } catch {
    return false;
  }
}
