import { useQueryClient } from '@tanstack/react-query';
import { answer, LedgerClient, type Transport, DEFAULT_TRANSPORT } from 'neuron-ledger-client/browser';
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { answered } from './answered';
import { callerOf, readsTheSame, type Caller } from './callers';
import { home, type Config } from './config';
import type { Scope } from './scopes';

export interface Session {
  readonly config: Config;
  /** Undefined before the first sign-in. */
  readonly caller: Caller | undefined;
  /** The token is no longer good: what was read stays, and the sign-in shows over it. */
  readonly expired: boolean;
  readonly ledger: LedgerClient;
  may(...anyOf: Scope[]): boolean;
  /** @param name for people; what the service calls the caller where it is absent */
  signIn(token: string, name?: string): Promise<void>;
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
      const response = await answered(() => DEFAULT_TRANSPORT.fetch(request));
      if (response.status === 401 && sent !== undefined && sent === token.current) {
        setExpired(true);
      }
      return response;
    } };
    return new LedgerClient(services(config), { token: () => token.current, retries: RETRIES, transport });
  }, [config]);

  const signIn = useCallback<Session['signIn']>(async (given, name) => {
    const asked = new LedgerClient(services(config), { token: given, retries: { ...RETRIES, repetitionsMax: 0 },
      transport: { ...DEFAULT_TRANSPORT, fetch: request => answered(() => DEFAULT_TRANSPORT.fetch(request)) } });
    const who = await answer(asked.query.GET('/v1/caller')); // Refuses a token that is not good.
    const next = callerOf(given, who, name);
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
