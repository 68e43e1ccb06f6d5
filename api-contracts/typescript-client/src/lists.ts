import type { Client } from 'openapi-fetch';

type Get<Paths, P extends keyof Paths> = Paths[P] extends { get: infer Operation } ? Operation : never;
type Page<Paths, P extends keyof Paths> = Get<Paths, P> extends
  { responses: { 200: { content: { 'application/json': infer Json } } } } ? Json : never;

/** The paths of a service that answer by pages. */
export type Paged<Paths> = {
  [P in keyof Paths]: 'next_cursor' extends keyof Page<Paths, P> ? P : never;
}[keyof Paths];

/** The properties of a page that are lists. */
export type Lists<Paths, P extends keyof Paths> = {
  [K in keyof Page<Paths, P>]-?: NonNullable<Page<Paths, P>[K]> extends readonly unknown[] ? K : never;
}[keyof Page<Paths, P>];

type Line<Paths, P extends keyof Paths, K> = K extends keyof Page<Paths, P>
  ? NonNullable<Page<Paths, P>[K]> extends readonly (infer L)[] ? L : never : never;
type Parameters<Paths, P extends keyof Paths> = Get<Paths, P> extends { parameters: infer All }
  ? { [K in keyof All as K extends 'path' | 'query' ? K : never]: All[K] } : never;

const LIMIT = 500;

/**
 * All lines of a list. The next page is asked for only once its lines are wanted. A page is as of its own block, unless
 * the query names one. An answer without the list is an error.
 *
 * ```ts
 * for await (const settlement of lines(ledger.query, '/v1/settlements', 'settlements', { query: { owner } })) { … }
 * ```
 */
export async function* lines<Paths extends {}, P extends Paged<Paths>, K extends Lists<Paths, P>>(
  client: Client<Paths>, path: P, list: K,
  ...parameters: {} extends Parameters<Paths, P> ? [Parameters<Paths, P>?] : [Parameters<Paths, P>]
): AsyncGenerator<Line<Paths, P, K>, void, undefined> {
  const given = (parameters[0] ?? {}) as { path?: object; query?: object };
  const get = client.GET as unknown as (path: P, init: object) => Promise<{ data?: Record<PropertyKey, unknown> }>;
  let cursor: unknown;
  do {
    const { data } = await get(path, { params: { ...given,
      query: { limit: LIMIT, ...given.query, ...(cursor === undefined ? {} : { cursor }) } } });
    const found = data?.[list];
    if (!Array.isArray(found)) {
      throw new Error(`${String(path)} answers without the list ${String(list)}`);
    }
    yield* found as Line<Paths, P, K>[];
    const next = data?.next_cursor;
    if (next !== undefined && next === cursor) {
      throw new Error(`a page names itself as the next one: ${String(next)}`);
    }
    cursor = next;
  } while (cursor !== undefined);
}
