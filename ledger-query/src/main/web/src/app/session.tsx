import { useQueryClient } from '@tanstack/react-query';
import { LedgerClient, type ProblemError, type Transport, DEFAULT_TRANSPORT } from 'neuron-ledger-client/browser';
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { answered } from './answered';
import { readsTheSame, walletOf, type Caller } from './callers';
import { home, type Config } from './config';
import { claimsOf, type Scope } from './scopes';

export interface Session {
  readonly config: Config;
  /** Undefined before the first sign-in. */
  readonly caller: Caller | undefined;
  /** The token is no longer good: what was read stays, and the sign-in shows over it. */
  readonly expired: boolean;
  readonly ledger: LedgerClient;
  may(...anyOf: Scope[]): boolean;
  signIn(token: string, known?: { readonly owner?: string; readonly name?: string }): Promise<void>;
  signOut(): void;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** Few repetitions: a person waits. */
const RETRIES = { repetitionsMax: 2, firstDelayMs: 250, waitMaxMs: 5_000 };

function services(config: Config) {
  const absolute = (url: string) => new URL(url, window.location.href).href.replace(/\/$/, '');
  return {
    query: home(),
    ...(config.services.command === undefined ? {} : { command: absolute(config.services.command) }),
    ...(config.services.indexer === undefined ? {} : { indexer: absolute(config.services.indexer) }),
  };
}

export function SessionProvider({ config, children }: { config: Config; children: ReactNode }) {
  const queries = useQueryClient();
  const [caller, setCaller] = useState<Caller>();
  const [expired, setExpired] = useState(false);
  const token = useRef<string>(undefined);
  const read = useRef<Caller>(undefined); // By whom what is shown was read.

  const ledger = useMemo(() => {
    const transport: Transport = { ...DEFAULT_TRANSPORT, fetch: async request => {
      const sent = token.current;
      const answer = await answered(() => DEFAULT_TRANSPORT.fetch(request));
      if (answer.status === 401 && sent !== undefined && sent === token.current) {
        setExpired(true);
      }
      return answer;
    } };
    return new LedgerClient(services(config), { token: () => token.current, retries: RETRIES, transport });
  }, [config]);

  const signIn = useCallback<Session['signIn']>(async (given, known = {}) => {
    const { scopes: named, subject } = claimsOf(given);
    const asked = new LedgerClient(services(config), { token: given, retries: { ...RETRIES, repetitionsMax: 0 },
      transport: { ...DEFAULT_TRANSPORT, fetch: request => answered(() => DEFAULT_TRANSPORT.fetch(request)) } });
    await asked.query.GET('/v1/status'); // Refuses a token that is not good.
    const scopes = named ?? await probed(asked);
    const owner = known.owner ?? walletOf({ scopes, ...(subject === undefined ? {} : { subject }) });
    const next: Caller = { token: given, name: known.name ?? subject ?? 'API key', scopes,
      ...(subject === undefined ? {} : { subject }), ...(owner === undefined ? {} : { owner }) };
    if (read.current !== undefined && !readsTheSame(read.current, next)) {
      queries.clear();
    }
    read.current = next;
    token.current = given;
    setExpired(false);
    setCaller(next);
    await queries.invalidateQueries();
  }, [config, queries]);

  const signOut = useCallback(() => {
    token.current = undefined;
    read.current = undefined;
    setCaller(undefined);
    setExpired(false);
    queries.clear();
  }, [queries]);

  const session = useMemo<Session>(() => ({ config, caller, expired, ledger, signIn, signOut,
    may: (...anyOf) => caller !== undefined && anyOf.some(each => caller.scopes.has(each)) }),
  [config, caller, expired, ledger, signIn, signOut]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) {
    throw new Error('useSession is called outside of SessionProvider');
  }
  return session;
}

/**
 * The scopes of a token that does not show them, by asking for little. What writes cannot be found like this: it counts
 * as allowed with what reads the same, and the service refuses it where it is not.
 */
async function probed(ledger: LedgerClient): Promise<ReadonlySet<Scope>> {
  const allowed = async (call: Promise<unknown>): Promise<boolean> => {
    try {
      await call;
      return true;
    } catch (e) {
      if ((e as ProblemError).status === 403) {
        return false;
      }
      throw e;
    }
  };
  const { query } = ledger;
  const [read, finance, admin, log, events] = await Promise.all([
    allowed(query.GET('/v1/models', { params: { query: { limit: 1 } } })),
    allowed(query.GET('/v1/discrepancies', { params: { query: { limit: 1 } } })),
    allowed(query.GET('/v1/admin/quarantine')),
    allowed(query.GET('/v1/access-log', { params: { query: { service: 'ledger-query', limit: 1 } } })),
    allowed(ledger.stream('/v1/events?after=now&until=now').then(answer => answer.body?.cancel())),
  ]);
  return new Set<Scope>([
    ...(read ? ['ledger:read'] as const : ['ledger:read:own'] as const),
    ...(finance ? ['finance:read', 'finance:write'] as const : []),
    ...(admin ? ['admin'] as const : []),
    ...(log ? ['access-log:read'] as const : []),
    ...(events ? ['events:subscribe'] as const : []),
  ]);
}
