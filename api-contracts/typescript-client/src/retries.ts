import { repeatable, takesMinToken } from '../generated/operations.js';
import { ProblemError } from './problem.js';
import type { TokenSource } from './tokens.js';

/**
 * How often and how long a request is sent again. Before the n-th repetition the client waits for a random part of
 * `firstDelayMs · 2^(n-1)`, and at least for as long as the service asks by `Retry-After`.
 */
export interface Retries {
  /** After the first time, 0 or more. */
  readonly repetitionsMax: number;
  readonly firstDelayMs: number;
  /** For all waits of one request together; what would wait longer is not sent again. */
  readonly waitMaxMs: number;
}

export const DEFAULT_RETRIES: Retries = { repetitionsMax: 5, firstDelayMs: 200, waitMaxMs: 120_000 };

/** What a request goes through, and by what it waits. */
export interface Transport {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Waits for so long. */
  readonly pause: (ms: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
}

export const DEFAULT_TRANSPORT: Transport = {
  fetch: request => fetch(request),
  pause: ms => new Promise(resolve => setTimeout(resolve, ms)),
  random: Math.random,
};

const matching = (operations: readonly string[]) => new RegExp(`^(?:${operations
  .map(each => each.split(/\{[^}]+\}/).map(text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^/]+'))
  .join('|')})$`);
const TAKES_MIN_TOKEN = matching(takesMinToken);
const REPEATABLE = matching(repeatable);

/**
 * Sends each request with a token, again where that is safe, and throws a `ProblemError` for an answer that is not of
 * 200 to 299, also for a redirect, which is not followed. An answer of 429 means that nothing was done: the request is
 * always sent again. After a lost answer, and after 503, it is sent again only if it counts once.
 *
 * @param address of the service; a request that is not below it is refused: nothing is known of it
 * @param minToken of the write that all reads have to see
 */
export function repeating(address: string, transport: Transport, retries: Retries, tokens: TokenSource,
  minToken: string | undefined): (request: Request) => Promise<Response> {
  const base = new URL(address);
  const prefix = base.pathname.replace(/\/$/, '');
  return async request => {
    const url = new URL(request.url);
    if (url.origin !== base.origin || !url.pathname.startsWith(`${prefix}/`)) {
      throw new Error(`${request.url} is not below the client's address ${address}`);
    }
    const operation = `${request.method} ${url.pathname.slice(prefix.length)}`;
    const once = request.method !== 'GET' && request.method !== 'HEAD' && !REPEATABLE.test(operation);
    if (minToken !== undefined && TAKES_MIN_TOKEN.test(operation) && !url.searchParams.has('min_token')) {
      url.searchParams.set('min_token', minToken);
    }
    const body = request.body === null ? undefined : await request.arrayBuffer();
    let left = retries.waitMaxMs;
    for (let repetition = 1; ; repetition++) {
      const headers = new Headers(request.headers);
      const token = await tokens();
      if (token !== undefined) {
        headers.set('Authorization', `Bearer ${token}`);
      }
      let wait = transport.random() * retries.firstDelayMs * 2 ** (repetition - 1);
      let failure: unknown;
      let undone: boolean;
      try {
        const answer = await transport.fetch(new Request(url, { method: request.method, headers, signal: request.signal,
          redirect: 'manual', ...(body === undefined ? {} : { body }) }));
        if (answer.ok) {
          return answer;
        }
        const asked = answer.headers.get('Retry-After');
        const seconds = asked !== null && /^\d{1,9}$/.test(asked) ? Number(asked) : undefined;
        failure = new ProblemError(operation, answer.status, await answer.text(), seconds);
        wait = Math.max(wait, (seconds ?? 0) * 1000);
        undone = answer.status === 429 || (answer.status === 503 && !once);
      } catch (e) {
        failure = e;
        undone = !once && !request.signal.aborted;
      }
      if (!undone || repetition > retries.repetitionsMax || wait > left) {
        throw failure;
      }
      await transport.pause(wait);
      left -= wait;
    }
  };
}
