import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { ProblemError, subscribe, type PublicEventRecord } from 'neuron-ledger-client/browser';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { CHANGING } from './read';
import { useSession } from './session';

/** `off`: this caller may not subscribe, and pages ask again from time to time. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'off';

/** The newest block that an event has named, by owner and for all. */
export class SeenBlocks {
  readonly #blocks = new Map<string, number>();

  see(record: PublicEventRecord): void {
    const { event } = record;
    if (event.type === 'ledger-rewound.v1') {
      this.#lower((event as { from_block: number }).from_block - 1);
      return;
    }
    const block = blockOf(record);
    if (block !== undefined) {
      for (const about of [event.owner.toLowerCase(), 'all']) {
        this.#blocks.set(about, Math.max(block, this.#blocks.get(about) ?? 0));
      }
    }
  }

  /** The parameter that has an answer include what was seen; nothing before the first event. */
  of(about: string): { min_block?: number } {
    const block = this.#blocks.get(about.toLowerCase());
    return block === undefined ? {} : { min_block: block };
  }

  /** After a fork a chain can be shorter for a while. */
  #lower(block: number): void {
    for (const [about, seen] of this.#blocks) {
      this.#blocks.set(about, Math.min(seen, Math.max(block, 0)));
    }
  }
}

/** The block of the chain that caused an event; undefined for what comes from off chain. */
export function blockOf({ event }: PublicEventRecord): number | undefined {
  const at = 'cause' in event ? (event.cause as { at?: string }).at : undefined;
  const block = at === undefined ? NaN : Number(at.slice(0, at.indexOf('-')));
  return Number.isSafeInteger(block) ? block : undefined;
}

interface Live {
  readonly state: LiveState;
  readonly seen: SeenBlocks;
}

const LiveContext = createContext<Live | undefined>(undefined);

/** A heartbeat comes every 15 seconds. */
const SILENCE_MS = 40_000;
/** However much happens, an answer about one owner is asked for no more often. */
const OWNER_MS = 1_000;
/** Any event changes what is about all: more often, a page would use up the rate of its caller. */
const ALL_MS = 15_000;

/** Owners to whom something has happened: told at once, and then once in so many milliseconds at most. */
class Happened {
  readonly #spacingMs: number;
  readonly #tell: (owners: ReadonlySet<string>) => void;
  readonly #waiting = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = -Infinity;

  constructor(spacingMs: number, tell: (owners: ReadonlySet<string>) => void) {
    this.#spacingMs = spacingMs;
    this.#tell = tell;
  }

  add(owner: string): void {
    this.#waiting.add(owner);
    this.#timer ??= setTimeout(() => this.#flush(), Math.max(0, this.#last + this.#spacingMs - performance.now()));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
  }

  #flush(): void {
    const owners = new Set(this.#waiting);
    this.stop();
    this.#last = performance.now();
    this.#tell(owners);
  }
}

/**
 * Has answers asked for again when something has happened to what they are about: at once, and then once a second at
 * most; once in 15 seconds what is about all, and what is many requests.
 */
export class Invalidations {
  readonly #each: readonly Happened[];

  constructor(queries: QueryClient) {
    this.#each = [
      new Happened(OWNER_MS, owners => void queries.invalidateQueries({ predicate: ({ queryKey: [about], meta }) =>
        owners.has(String(about)) && !meta?.costly })),
      new Happened(ALL_MS, owners => void queries.invalidateQueries({ predicate: ({ queryKey: [about], meta }) =>
        about === 'all' || (owners.has(String(about)) && meta?.costly === true) })),
    ];
  }

  add(owner: string): void {
    this.#each.forEach(happened => happened.add(owner));
  }

  stop(): void {
    this.#each.forEach(happened => happened.stop());
  }
}

export function LiveProvider({ children }: { children: ReactNode }) {
  const { ledger, caller, expired, may } = useSession();
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const seen = useMemo(() => new SeenBlocks(), [caller?.name, caller?.owner]);
  const everything = may('events:subscribe');
  const owner = caller?.owner;
  const possible = caller !== undefined && !expired && (everything || owner !== undefined);

  useEffect(() => {
    if (!possible) {
      setState(caller === undefined || expired ? 'connecting' : 'off');
      return undefined;
    }
    const end = new AbortController();
    const invalidations = new Invalidations(queries);
    let everLost = false;
    const alive = () => {
      setState('live');
      if (everLost) { // What has happened meanwhile comes by id; what is not an event has to be asked for again.
        everLost = false;
        void queries.invalidateQueries(CHANGING);
      }
    };
    const lost = () => {
      everLost = true;
      setState('reconnecting');
    };
    void (async () => {
      try {
        const events = subscribe(ledger, { after: 'now', signal: end.signal, alive, onInterruption: lost,
          idleMaxMs: SILENCE_MS,
          ...(everything || owner === undefined ? {} : { owner }) });
        for await (const { record } of events) {
          seen.see(record);
          invalidations.add(record.event.owner.toLowerCase());
        }
      } catch (e) {
        if (!end.signal.aborted) {
          setState(e instanceof ProblemError && e.status === 401 ? 'reconnecting' : 'off');
        }
      }
    })();
    return () => {
      end.abort();
      invalidations.stop();
    };
  }, [possible, everything, owner, caller?.token, ledger, queries, seen, expired]);

  const live = useMemo(() => ({ state, seen }), [state, seen]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) {
    throw new Error('useLive is called outside of LiveProvider');
  }
  return live;
}
