import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { home } from '../../app/config';
import { useSession } from '../../app/session';
import { DataTable, Status } from '../../ui';

type Answered = 'ready' | 'not ready' | 'no answer';

/** Whether a service says that it does its work. */
async function readiness(url: string): Promise<Answered> {
  try {
    const answer = await fetch(`${url}/actuator/health/readiness`, { credentials: 'omit' });
    return answer.ok ? 'ready' : 'not ready';
  } catch {
    return 'no answer'; // Neither in time nor at all.
  }
}

/** The services of this deployment that a browser can ask. */
export function Health() {
  const {
    config: {
      services: { command, indexer },
    },
  } = useSession();
  const services = useMemo(
    () =>
      [
        ['ledger-query', home(), 'answers'],
        ...(command === undefined ? [] : [['ledger-command', command, 'records']]),
        ...(indexer === undefined ? [] : [['chain-indexer', indexer, 'follows the chain']]),
      ] as const,
    [command, indexer],
  );
  const health = useQuery({
    queryKey: ['none', 'health', services],
    queryFn: async () => Promise.all(services.map(([, url]) => readiness(url ?? ''))),
    refetchInterval: 10_000,
  });
  return (
    <DataTable
      caption="The services"
      rows={services}
      rowKey={([name]) => name ?? ''}
      empty=""
      columns={[
        {
          key: 'name',
          title: 'Service',
          cell: ([name, , does]) => (
            <>
              {name} <span className="muted">{does}</span>
            </>
          ),
        },
        {
          key: 'state',
          title: 'State',
          cell: each => {
            const state = health.data?.[services.indexOf(each)];
            return state === undefined ? (
              <Status tone="idle">asking</Status>
            ) : (
              <Status tone={state === 'ready' ? 'good' : 'bad'}>{state}</Status>
            );
          },
        },
      ]}
    />
  );
}
