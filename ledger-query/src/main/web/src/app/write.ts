import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type LedgerClient } from 'neuron-ledger-client/browser';
import { CHANGING } from './read';
import { useSession } from './session';

/**
 * Something that a person decides. Once it is stored, and the read side has it, every answer is asked for again: what
 * is shown afterwards has it.
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
      if (written.token !== undefined && may('finance:read')) {
        await seen(ledger, written.token);
      }
      await queries.invalidateQueries(CHANGING);
      return written;
    },
  });
}

/** Whether this caller may decide anything, and the deployment has a service that takes it. */
export function useMayDecide(): boolean {
  const { config, may } = useSession();
  return config.services.command !== undefined && may('finance:write');
}

async function seen(ledger: LedgerClient, token: string): Promise<void> {
  try {
    await ledger.seeing(token).query.GET('/v1/discrepancies', { params: { query: { limit: 1 } } });
  } catch (e) {
    throw new Error('It is stored, but the pages do not show it yet: they are read again by themselves.', { cause: e });
  }
}
