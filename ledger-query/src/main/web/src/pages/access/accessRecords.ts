import { answer, type LedgerClient, type LedgerQuery } from 'neuron-ledger-client/browser';

export type AccessLogLine = LedgerQuery['schemas']['AccessLogLine'];
export type AccessLogPage = LedgerQuery['schemas']['AccessLogPage'];
type AccessEntry = LedgerQuery['schemas']['AccessEntry'];
export type Asked = Extract<AccessEntry, { type: 'asked' }>;
export type Answered = Extract<AccessEntry, { type: 'answered' }>;

export const SERVICES = ['ledger-query', 'ledger-command', 'chain-indexer'] as const;
export type Service = (typeof SERVICES)[number];

export interface Filter {
  readonly caller?: string;
  readonly owner?: string;
  readonly since?: string;
  readonly until?: string;
}

/** Positions of the log, the last one not included. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** The newest positions before another one; undefined where there are none. */
export function partBefore(to: number, beginning: number, size: number): Part | undefined {
  return to <= beginning ? undefined : { from: Math.max(beginning, to - size), to };
}

/** A part of the log, and the way to the one before it. */
export interface ReadPart {
  /** The newest first. */
  readonly records: readonly AccessLogLine[];
  readonly faults: readonly string[];
  readonly has_more: boolean;
  readonly next_cursor?: string;
}

/** Without a filter each position is a record, and few are enough; with one most of them are not asked for. */
const FEW = 200;
const MANY = 5_000;
const PAGE = 500;

/**
 * Reads the log backwards, which the service answers forwards: the newest part, or the one before a position.
 *
 * @param cursor where the part ends; undefined for the newest
 */
export async function readPart(ledger: LedgerClient, service: Service, filter: Filter, cursor: string | undefined,
  signal: AbortSignal): Promise<ReadPart> {
  const read = (from: number | undefined, limit: number) => answer(ledger.query.GET('/v1/access-log', { signal,
    params: { query: { service, limit, ...filter, ...(from === undefined ? {} : { from }) } } }));
  const { beginning, end } = await read(undefined, 1);
  const part = partBefore(cursor === undefined ? end : Number(cursor), beginning,
    Object.keys(filter).length === 0 ? FEW : MANY);
  if (part === undefined) {
    return { records: [], faults: [], has_more: false };
  }
  const records: AccessLogLine[] = [];
  const faults = new Set<string>();
  for (let at = part.from; at < part.to;) {
    const page = await read(at, PAGE);
    records.push(...page.records.filter(each => each.position < part.to));
    page.faults.forEach(each => faults.add(`Position ${each.position}: ${each.what}`));
    if (page.next <= at) {
      break; // Nothing is left.
    }
    at = page.next;
  }
  const before = partBefore(part.from, beginning, 1);
  return { records: records.reverse(), faults: [...faults], has_more: before !== undefined,
    ...(before === undefined ? {} : { next_cursor: String(before.to) }) };
}

/** One line for people: a request with its answer, a start, or what cannot be read. */
export interface Line {
  readonly position: number;
  readonly at?: string;
  readonly asked?: Asked;
  /** Absent where none is recorded. */
  readonly answered?: Answered;
  readonly started?: string;
  readonly unreadable?: string;
}

/**
 * Requests with their answers, in the order of the records.
 *
 * @param whole false where older records are not read yet: an answer without its request waits for them
 */
export function linesOf(records: readonly AccessLogLine[], whole: boolean): readonly Line[] {
  const answers = new Map<string, Answered>();
  const asked = new Set<string>();
  for (const { record } of records) {
    if (record?.entry.type === 'answered') {
      answers.set(record.entry.request, record.entry);
    } else if (record?.entry.type === 'asked') {
      asked.add(record.entry.request);
    }
  }
  return records.flatMap(({ position, record, published }): Line[] => {
    if (record === undefined) {
      return [{ position, unreadable: published }];
    }
    const { at, entry } = record;
    switch (entry.type) {
      case 'started':
        return [{ position, at, started: entry.service }];
      case 'asked': {
        const found = answers.get(entry.request);
        return [{ position, at, asked: entry, ...(found === undefined ? {} : { answered: found }) }];
      }
      case 'answered':
        return whole && !asked.has(entry.request) ? [{ position, at, answered: entry }] : [];
    }
  });
}
