import {
  useInfiniteQuery, useQuery, useQueryClient, type InfiniteData, type Query, type QueryKey,
} from '@tanstack/react-query';
import type { LedgerClient } from 'neuron-ledger-client/browser';
import { useSession } from './session';

/**
 * What an answer is about: an owner's address, whose events make it be asked again, or `all`, for which any event does,
 * or `none`, which no event changes.
 */
export type About = string;

/** The key of a question: what it is about comes first, which is how the live events find it. */
export function keyOf(about: About, ...rest: readonly unknown[]): QueryKey {
  return [about.toLowerCase(), ...rest];
}

export interface ReadOptions {
  /** False asks nothing. */
  readonly enabled?: boolean;
  /** Asks again after so many milliseconds, for what no event announces; 0 asks once, where asking is recorded. */
  readonly every?: number;
  /** It is many requests: events have it asked for again as seldom as what is about all. */
  readonly costly?: boolean;
}

/** Every answer but those that no event and no write changes: what is asked for again after either. */
export const CHANGING = { predicate: ({ queryKey: [about] }: Query) => about !== 'none' };

/** The mark of an answer that is many requests. */
export const COSTLY = { costly: true };

/** When an answer is asked for again by itself. One that is asked for once is forgotten with the page that shows it. */
export function asking(every: number | undefined) {
  return every === undefined ? {} : every > 0 ? { refetchInterval: every } : { refetchInterval: false as const,
    refetchOnWindowFocus: false, refetchOnReconnect: false, staleTime: Infinity, gcTime: 0 };
}

/** An answer of the ledger, which is asked for again when something happens to what it is about. */
export function useRead<T>(about: About, key: readonly unknown[],
  read: (ledger: LedgerClient, signal: AbortSignal) => Promise<T>, options: ReadOptions = {}) {
  const { ledger, caller, expired } = useSession();
  return useQuery({
    queryKey: keyOf(about, ...key),
    queryFn: ({ signal }) => read(ledger, signal),
    enabled: caller !== undefined && !expired && (options.enabled ?? true),
    ...asking(options.every),
    ...(options.costly ? { meta: COSTLY } : {}),
  });
}

/** One page of a list. */
export interface Paged {
  readonly has_more: boolean;
  readonly next_cursor?: string;
}

/** So many pages of a list are read again when something happens; beyond it would be a request for each of them. */
export const FRESH_PAGES = 5;

/** So many pages of a list are kept: a page of the browser that holds all of a long list hardly moves. */
const KEPT_PAGES = 10;

/**
 * A list by pages: `data.pages`, `fetchNextPage`, `hasNextPage`. With more than `FRESH_PAGES` it is `still`: it shows
 * what was read until `restart`, which begins again with the first page. With more than `KEPT_PAGES` it is `cut`: the
 * first ones are no longer there.
 */
export function usePages<T extends Paged>(about: About, key: readonly unknown[],
  read: (ledger: LedgerClient, cursor: string | undefined, signal: AbortSignal) => Promise<T>,
  options: ReadOptions = {}) {
  const { ledger, caller, expired } = useSession();
  const queries = useQueryClient();
  const queryKey = keyOf(about, ...key);
  const still = (queries.getQueryData<InfiniteData<T>>(queryKey)?.pages.length ?? 0) > FRESH_PAGES;
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(ledger, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: T) => last.next_cursor,
    getPreviousPageParam: () => undefined, // No cursor leads back.
    maxPages: KEPT_PAGES,
    enabled: caller !== undefined && !expired && !still && (options.enabled ?? true),
    ...asking(options.every),
  });
  const cut = pages.data !== undefined && pages.data.pageParams[0] !== undefined;
  return { ...pages, still, cut, restart: () => void queries.resetQueries({ queryKey, exact: true }) };
}
