import createClient, { type Client } from 'openapi-fetch';
import type { paths as ChainIndexer } from '../generated/chain-indexer.js';
import type { paths as LedgerCommand } from '../generated/ledger-command.js';
import type { paths as LedgerQuery } from '../generated/ledger-query.js';
import { DEFAULT_RETRIES, DEFAULT_TRANSPORT, repeating, type Retries, type Transport } from './retries.js';
import type { TokenSource } from './tokens.js';

/** Where the services are, without a slash at the end. One that is left out cannot be asked. */
export interface Services {
  readonly query?: string;
  readonly command?: string;
  readonly indexer?: string;
}

export interface Options {
  /** An API key or another token, or a function that is asked before each request. */
  readonly token?: string | TokenSource;
  readonly retries?: Retries;
  readonly transport?: Transport;
}

/**
 * The services of one ledger, asked as one caller. Each request is sent again where that is safe. A refused request
 * ends with a `ProblemError`.
 */
export class LedgerClient {
  readonly #services: Services;
  readonly #options: Options;
  readonly #minToken: string | undefined;

  constructor(services: Services, options: Options = {}, minToken?: string) {
    this.#services = services;
    this.#options = options;
    this.#minToken = minToken;
  }

  /** The same, whose reads wait until they see a write, and all that was written before it, by its `token`. */
  seeing(token: string): LedgerClient {
    return new LedgerClient(this.#services, this.#options, token);
  }

  /** ledger-query: balances, journal, usage, settlements, alerts, webhooks, exports. */
  get query(): Client<LedgerQuery> {
    return createClient<LedgerQuery>(this.#service('query'));
  }

  /** ledger-command: reports of usage, decisions, API keys, sign-in. */
  get command(): Client<LedgerCommand> {
    return createClient<LedgerCommand>(this.#service('command'));
  }

  /** chain-indexer: reconciliation. */
  get indexer(): Client<ChainIndexer> {
    return createClient<ChainIndexer>(this.#service('indexer'));
  }

  /** Sends a request to ledger-query as the others are sent, for what is read as a stream. */
  async stream(path: string, init: RequestInit = {}): Promise<Response> {
    const { baseUrl, fetch } = this.#service('query');
    return fetch(new Request(baseUrl + path, init));
  }

  /** Where it is, and what its requests go through. */
  #service(service: keyof Services): { baseUrl: string; fetch: (request: Request) => Promise<Response> } {
    const baseUrl = this.#services[service];
    if (baseUrl === undefined) {
      throw new Error(`the client was made without the address of ${service}`);
    }
    const { token, transport = DEFAULT_TRANSPORT, retries = DEFAULT_RETRIES } = this.#options;
    return { baseUrl, fetch: repeating(baseUrl, transport, retries, typeof token === 'function' ? token : () => token,
      this.#minToken) };
  }
}

/** The data of an answer: `await answer(ledger.query.GET('/v1/status'))`. */
export async function answer<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data, response } = await call;
  if (data === undefined) {
    throw new Error(`${response.url} answers ${response.status} without data`);
  }
  return data;
}
