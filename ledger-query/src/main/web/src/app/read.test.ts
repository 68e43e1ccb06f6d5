import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { asking, CHANGING, keyOf } from './read';

describe('an answer that is asked for once', () => {
  it('is not asked for again by time, by the focus of the window or by its connection', () => {
    const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, refetchInterval: 30_000 } } });
    const observer = new QueryObserver(queries, { queryKey: keyOf('none', 'access-log'), queryFn: () => 1,
      initialData: 1, initialDataUpdatedAt: 0, ...asking(0) });
    expect(observer.getCurrentResult().isStale).toBe(false);
    expect(observer.options.refetchInterval).toBe(false);
    expect(observer.shouldFetchOnWindowFocus()).toBe(false);
    expect(observer.shouldFetchOnReconnect()).toBe(false);
  });
  it('is another one where nothing is said, or a time', () => {
    expect(asking(undefined)).toEqual({});
    expect(asking(5_000)).toEqual({ refetchInterval: 5_000 });
  });
});

describe('what is asked for again after a write, and after a lost connection', () => {
  it('is every answer but those that no event changes', async () => {
    const queries = new QueryClient();
    const keys = [keyOf('none', 'access-log'), keyOf('all', 'providers'), keyOf('0xAB', 'ledger')];
    keys.forEach(each => queries.setQueryData(each, 1));
    await queries.invalidateQueries(CHANGING);
    expect(keys.map(each => queries.getQueryState(each)?.isInvalidated)).toEqual([false, true, true]);
  });
});
