import { QueryClient, QueryObserver } from '@tanstack/react-query';
import type { PublicEventRecord } from 'neuron-ledger-client/browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { blockOf, Invalidations, SeenBlocks } from './live';
import { COSTLY, keyOf } from './read';

const A = '0x15d34aaf54267db7d7c367839aaf71a00a2c6a65';
const B = '0x9965507d1a55bcc2695c58ba16fb37d819b0a4dc';
const happened = (owner: string, at: string) =>
  ({ event: { type: 'funds-deposited.v1', owner, cause: { at } } }) as unknown as PublicEventRecord;
const rewound = (owner: string, from: number) =>
  ({ event: { type: 'ledger-rewound.v1', owner, from_block: from } }) as unknown as PublicEventRecord;

describe('the blocks that events have named', () => {
  it('have an answer include what was seen of its owner, and of all', () => {
    const seen = new SeenBlocks();
    expect(seen.of(A)).toEqual({});
    seen.see(happened(A, '33-0-1'));
    seen.see(happened(B, '35-2-0'));
    seen.see(happened(A, '31-0-0'));
    expect(seen.of(A.toUpperCase().replace('0X', '0x'))).toEqual({ min_block: 33 });
    expect(seen.of('all')).toEqual({ min_block: 35 });
  });
  it('are lower after a fork, which can make the chain shorter', () => {
    const seen = new SeenBlocks();
    seen.see(happened(A, '33-0-1'));
    seen.see(rewound(A, 30));
    expect(seen.of(A)).toEqual({ min_block: 29 });
    expect(seen.of('all')).toEqual({ min_block: 29 });
  });
  it('are none for what comes from off chain', () => {
    expect(blockOf({ event: { type: 'usage-recorded.v1', owner: A } } as unknown as PublicEventRecord)).toBeUndefined();
    expect(blockOf(happened(A, '33-0-1'))).toBe(33);
  });
});

describe('what happens has answers asked for again', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** How often each is asked for while an event of A comes every 100 ms, for 30.5 seconds. */
  async function asked(): Promise<Record<string, number>> {
    const queries = new QueryClient();
    const counts: Record<string, number> = {};
    for (const [name, about, meta] of [['of A', A, {}], ['many of A', A, COSTLY], ['of B', B, {}], ['all', 'all', {}],
      ['none', 'none', {}]] as const) {
      counts[name] = 0;
      new QueryObserver(queries, { queryKey: keyOf(about, name), meta, initialData: 0, staleTime: Infinity,
        queryFn: () => (counts[name] ?? 0) }).subscribe(() => undefined);
      queries.getQueryCache().subscribe(event => {
        if (event.type === 'updated' && event.action.type === 'fetch' && event.query.queryKey[1] === name) {
          counts[name] = (counts[name] ?? 0) + 1;
        }
      });
    }
    const invalidations = new Invalidations(queries);
    for (let i = 0; i < 305; i++) {
      invalidations.add(A);
      await vi.advanceTimersByTimeAsync(100);
    }
    invalidations.stop();
    queries.clear();
    return counts;
  }

  it('once a second at most of its owner, and once in 15 seconds what is about all or is many requests', async () => {
    expect(await asked()).toEqual({ 'of A': 31, 'many of A': 3, 'of B': 0, all: 3, none: 0 });
  });
});
