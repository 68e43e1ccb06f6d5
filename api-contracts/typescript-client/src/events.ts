import { createParser, type EventSourceMessage, type EventSourceParser } from 'eventsource-parser';
import type { AlertRecord } from '../generated/alerts.js';
import type { PublicEventRecord } from '../generated/events.js';
import type { LedgerClient } from './client.js';
import { ProblemError } from './problem.js';

export type { AlertRecord } from '../generated/alerts.js';
export type { PublicEventRecord } from '../generated/events.js';

/** What has happened: `switch (event.type)` narrows it. */
export type PublicEvent = PublicEventRecord['event'];
/** A fork: see `isRetractedBy`. */
export type LedgerRewound = Extract<PublicEvent, { type: 'ledger-rewound.v1' }>;

/** Whether an event, which came before the other one, never happened: its block was replaced. */
export function isRetractedBy(event: PublicEvent, rewound: LedgerRewound): boolean {
  return event.owner === rewound.owner && 'cause' in event
    && Number(event.cause.at.slice(0, event.cause.at.indexOf('-'))) >= rewound.from_block;
}

/** What is made of the events. Whatever it throws ends the reading, and the event comes again. */
export interface Subscriber {
  /** An event, which counts until a later one retracts it. Types may be added: pass over what you do not know. */
  happened(record: PublicEventRecord): void | Promise<void>;
  /**
   * A fork: the owner's earlier events for which `isRetractedBy` holds never happened, and `state` is all that the
   * owner has. The events of the new branch follow.
   */
  retracted(record: PublicEventRecord, rewound: LedgerRewound): void | Promise<void>;
  /**
   * The number of the first event of a partition that is not taken yet, as it was stored in the same transaction as
   * what was made of the events before. Where the partition's next event shows that the group is beyond it, the
   * partition is read again from its beginning, and what is below is passed over. Without it the group's position
   * decides, and after a crash some events may come twice.
   */
  next?(partition: number): number | undefined | Promise<number | undefined>;
}

/** Hands each event over once, and in the order of its partition. */
export class EventSequence {
  readonly #subscriber: Subscriber;
  readonly #next = new Map<number, number>();
  /** The partitions that are read again from their beginning. */
  readonly #again = new Set<number>();

  constructor(subscriber: Subscriber) {
    this.#subscriber = subscriber;
  }

  /** Forgets what is known of partitions, which somebody else reads meanwhile. */
  reset(): void {
    this.#next.clear();
    this.#again.clear();
  }

  /**
   * @returns false where the partition has to be read from its beginning: it is read beyond what the subscriber has
   *   stored
   * @throws Error where events are missing
   */
  async take(record: PublicEventRecord): Promise<boolean> {
    const { partition, seq, event } = record;
    const known = this.#next.get(partition);
    const stored = known === undefined ? await this.#subscriber.next?.(partition) : undefined;
    const expected = known ?? stored ?? seq;
    if (seq > expected && stored !== undefined && !this.#again.has(partition)) {
      this.#again.add(partition);
      return false;
    }
    if (seq > expected) {
      throw new Error(`events are missing before ${partition}-${seq}: the next one is ${partition}-${expected}`);
    }
    if (seq === expected) { // Below: taken before.
      await (event.type === 'ledger-rewound.v1' ? this.#subscriber.retracted(record, event as LedgerRewound)
        : this.#subscriber.happened(record));
    }
    this.#next.set(partition, Math.max(expected, seq + 1));
    return true;
  }
}

/** A record with its `id`: store it with what you do for the record, and begin there. */
export interface Received<T = PublicEventRecord> {
  readonly id: string;
  readonly record: T;
}

/** A failure of a connection, which goes on after this id. */
export interface Interruption {
  readonly after: string;
  readonly cause: unknown;
}

export interface Subscription {
  /** The records about this owner alone. */
  readonly owner?: string;
  /** `now`, `beginning`, or the id of the last record that is known. */
  readonly after: string;
  /** `now` ends with the last record that there is; otherwise it goes on for ever. */
  readonly until?: 'now';
  readonly signal?: AbortSignal;
  /** After so long without a byte, a heartbeat for example, a connection counts as broken; a minute by default. */
  readonly idleMaxMs?: number;
  /** Takes each failure, before it connects again. */
  readonly onInterruption?: (interruption: Interruption) => void;
  /** Called whenever something comes, a heartbeat too, of which there is one every 15 seconds. */
  readonly alive?: () => void;
}

/** Four of the service's heartbeats, where its operator has set nothing else. */
const IDLE_MAX_MS = 60_000;
const RETRY_MS = 2_000;

/** Something else has answered. */
class NoEventsError extends Error {}

/**
 * Reads server-sent events, as their text comes. The parser drops a block without data, also if it moves the id: an
 * empty line of data, which JSON ignores, has it hand out each block with an id, once its blank line is there.
 */
function blocks(onRetry: (ms: number) => void): (text: string) => readonly EventSourceMessage[] {
  let rest = '';
  let found: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: block => { found.push(block); }, onRetry });
  return text => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    found = [];
    for (const line of lines) {
      parser.feed(/^id(:|$)/.test(line) ? `${line}\ndata\n` : `${line}\n`);
    }
    return found;
  };
}

/** The bytes of an answer, as long as they come. */
async function* timed(body: ReadableStream<Uint8Array>, idleMaxMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for (;;) {
      const silence = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`nothing has come for ${idleMaxMs} ms`)), idleMaxMs);
      });
      const { done, value } = await Promise.race([reader.read(), silence]);
      clearTimeout(timer);
      if (done) {
        return;
      }
      yield value;
    }
  } finally {
    clearTimeout(timer);
    await reader.cancel().catch(() => undefined); // Of a broken answer.
  }
}

type Pause = (ms: number) => Promise<void>;
const pauses: Pause = ms => new Promise(resolve => setTimeout(resolve, ms));

/**
 * Events over HTTP, as they come. It connects again by the last id, with a new token, whenever an answer ends, breaks
 * or falls silent. It ends with the `ProblemError` of a request that is refused for good, and with an `Error` where an
 * answer has no events.
 */
export function subscribe(ledger: LedgerClient, subscription: Subscription, pause: Pause = pauses,
): AsyncGenerator<Received, void, undefined> {
  return records<PublicEventRecord>(ledger, '/events', subscription, pause);
}

/** Alerts over HTTP, in the same way. */
export function subscribeAlerts(ledger: LedgerClient, subscription: Subscription, pause: Pause = pauses,
): AsyncGenerator<Received<AlertRecord>, void, undefined> {
  return records<AlertRecord>(ledger, '/alerts/events', subscription, pause);
}

async function* records<T>(ledger: LedgerClient, feed: string, subscription: Subscription, pause: Pause,
): AsyncGenerator<Received<T>, void, undefined> {
  const { owner, until, signal, alive, idleMaxMs = IDLE_MAX_MS, onInterruption = () => undefined } = subscription;
  let last = subscription.after;
  let retry = RETRY_MS;
  const path = `/v1${owner === undefined ? '' : `/ledgers/${encodeURIComponent(owner)}`}${feed}${
    until === undefined ? '' : `?until=${until}`}`;
  for (;;) {
    let complete = false;
    try {
      const answer = await ledger.stream(path, { headers: { 'Last-Event-ID': last }, ...(signal ? { signal } : {}) });
      if (answer.body === null || !answer.headers.get('Content-Type')?.startsWith('text/event-stream')) {
        throw new NoEventsError(`${path} answers ${answer.status} without server-sent events`);
      }
      const decoder = new TextDecoder();
      const read = blocks(ms => { retry = ms; });
      complete = true;
      for await (const bytes of timed(answer.body, idleMaxMs)) {
        alive?.();
        for (const { id, event, data } of read(decoder.decode(bytes, { stream: true }))) {
          if (event === 'problem') { // A new request with the same token would be refused.
            complete = false;
            continue;
          }
          if (data.trim() !== '') { // Otherwise the block only moves the id.
            yield { id: id ?? last, record: JSON.parse(data) as T };
          }
          last = id ?? last;
        }
      }
    } catch (e) {
      const refused = e instanceof ProblemError && e.status < 500 && e.status !== 429;
      if (signal?.aborted || e instanceof NoEventsError || refused) {
        throw e;
      }
      complete = false;
      onInterruption({ after: last, cause: e });
    }
    if (complete && until !== undefined) {
      return;
    }
    await pause(retry);
  }
}
