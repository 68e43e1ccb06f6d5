import { neuron, type LedgerCommand, type LedgerQuery } from 'neuron-ledger-client/browser';
import { type Tone } from '../../ui';

export type Settlement = LedgerQuery['schemas']['Settlement'];
export type Discrepancy = LedgerQuery['schemas']['Discrepancy'];
export type Period = LedgerQuery['schemas']['Period'];
export type PeriodReport = LedgerQuery['schemas']['PeriodReport'];
export type UsageEntry = LedgerQuery['schemas']['UsageEntry'];
export type UsageReport = LedgerCommand['schemas']['UsageReport'];
export type FrozenReport = LedgerQuery['schemas']['FrozenReport'];

/** The states of a settlement that claims other than exactly the fees of the requests that it covers. */
export const NOT_MATCHING = ['over', 'under', 'unreported'] as const;

/** What a state of a settlement means. */
export const SETTLEMENT_STATES: Record<Settlement['state'], { tone: Tone; meaning: string }> = {
  matched: { tone: 'good', meaning: 'It claims exactly the fees of the requests that it covers' },
  over: { tone: 'warn', meaning: 'It claims more: it ends inside the next request' },
  under: { tone: 'warn', meaning: 'It claims less: the settlement before ended inside its first request' },
  unreported: { tone: 'bad', meaning: 'It claims more than was reported up to now' },
  retracted: { tone: 'idle', meaning: 'The chain took it back: it covers nothing' },
};

export const DISCREPANCY_KINDS: Record<Discrepancy['kind'], { name: string; meaning: string }> = {
  'settlement-unreported': { name: 'Settled, not reported',
    meaning: 'What the settlement claims beyond all that was reported' },
  'settlement-boundary': { name: 'Ends inside a request',
    meaning: 'The part of the request at which the settled total ends' },
  'usage-overdue': { name: 'Usage not settled',
    meaning: "Usage is unsettled for longer than the provider's interval" },
  'rule-broken': { name: 'Rule broken', meaning: 'A fact of the chain breaks a rule of the ledger' },
  'period-report-differs': { name: 'Report differs',
    meaning: 'The report of a closed month has another hash when it is made again' },
};

export const PERIOD_STATES: Record<Period['state'], { tone: Tone; word: string }> = {
  open: { tone: 'idle', word: 'open' },
  'closing-proposed': { tone: 'info', word: 'closing proposed' },
  closed: { tone: 'good', word: 'closed' },
  'reopening-proposed': { tone: 'warn', word: 'reopening proposed' },
  reopened: { tone: 'idle', word: 'reopened' },
};

export const DECISIONS: Record<Period['decisions'][number]['kind'], string> = {
  'closing-proposed': 'Closing proposed',
  closed: 'Closed',
  'reopening-proposed': 'Reopening proposed',
  reopened: 'Reopened',
  'proposal-revoked': 'Proposal revoked',
};

/** `October 2026`. */
export function monthName(period: string): string {
  const month = new Date(`${period}-01T00:00:00Z`);
  return Number.isNaN(month.getTime()) ? period
    : new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(month);
}

/** Is the last day of a month over at a moment? */
export function isOver(period: string, now: number): boolean {
  return new Date(now).toISOString().slice(0, 7) > period;
}

const SUMMED = ['opening', 'adjusted', 'used', 'unverified_used', 'settled', 'written_off', 'closing'] as const;
export type PeriodSums = Readonly<Record<typeof SUMMED[number], bigint>>;

/** The sums of a report's rows. */
export function sumsOf(rows: readonly Readonly<Record<typeof SUMMED[number], string>>[]): PeriodSums {
  const sum = (name: typeof SUMMED[number]) => rows.reduce((all, row) => all + neuron(row[name]), 0n);
  return Object.fromEntries(SUMMED.map(name => [name, sum(name)])) as PeriodSums;
}

/** Is opening + adjusted + used − settled − written off = closing? */
export function addsUp(sums: PeriodSums): boolean {
  return sums.opening + sums.adjusted + sums.used - sums.settled - sums.written_off === sums.closing;
}

/** What a closing names: a frozen report by its hash and what its bytes say; undefined where they do not say it. */
export function frozenReportOf(hash: string, report: Partial<PeriodReport>): FrozenReport | undefined {
  const { as_of, positions, previous } = report;
  return as_of === undefined || positions === undefined ? undefined : { hash,
    ...(previous === undefined ? {} : { previous }), block: as_of.block, block_hash: as_of.block_hash,
    block_time: as_of.block_time, finalized: as_of.finalized, positions };
}

/** The proposal that waits for another person, if there is one. */
export function proposalOf({ state, decisions }: Pick<Period, 'state' | 'decisions'>): Period['decisions'][number]
| undefined {
  const newest = decisions.at(-1);
  return (state === 'closing-proposed' || state === 'reopening-proposed') && newest?.kind === state ? newest
    : undefined;
}

/** What units cost, in neuron; undefined for those without prices. */
export function costOf(units: UsageReport['units']): bigint | undefined {
  if (units.kind === 'unpriced') {
    return undefined;
  }
  if (units.kind === 'priced') {
    return units.lines.reduce((sum, { count, price }) => sum + BigInt(count) * neuron(price), 0n);
  }
  if (units.kind === 'tokens') {
    return BigInt(units.input - units.cached_input) * neuron(units.input_price)
      + BigInt(units.cached_input) * neuron(units.cached_input_price)
      + BigInt(units.output) * neuron(units.output_price);
  }
  return BigInt(units.count) * neuron(units.price);
}

/** A request as it was accepted, out of the history: what a correction names. */
export function reportOf(entry: UsageEntry): UsageReport {
  const { request_id, owner, provider, service, model, units, fee, when, source, api_key_id } = entry;
  return { request_id, owner, provider, service, model, units: reportedUnits(units), fee, when, source,
    ...(api_key_id === undefined ? {} : { api_key_id }) };
}

/** The units as they were reported, without amounts in 0G. */
function reportedUnits(units: UsageEntry['units']): UsageReport['units'] {
  if (units.kind === 'priced') {
    return { kind: units.kind, lines: units.lines.map(({ kind, tier, count, price }) => ({ kind,
      ...(tier === undefined ? {} : { tier }), count, price })) };
  }
  if (units.kind === 'unpriced') {
    return units;
  }
  return units.kind === 'tokens'
    ? { kind: units.kind, input: units.input, cached_input: units.cached_input, output: units.output,
      input_price: units.input_price, cached_input_price: units.cached_input_price, output_price: units.output_price }
    : { kind: units.kind, count: units.count, price: units.price };
}

/** Without the prices: `4 images`; of lines `1,200 input tokens, 2 clips (1080p)`. */
export function unitsText(units: UsageEntry['units'], number: (value: number) => string): string {
  const counted = (count: number, unit: string) => `${number(count)} ${count === 1 ? unit.slice(0, -1) : unit}`;
  if (units.kind === 'priced' || units.kind === 'unpriced') {
    return units.lines.map(({ kind, tier, count }) => `${counted(count, kind.replaceAll('-', ' '))}${
      tier === undefined ? '' : ` (${tier})`}`).join(', ') || 'not reported';
  }
  return units.kind === 'tokens'
    ? `${number(units.input)} + ${number(units.output)} tokens${
      units.cached_input === 0 ? '' : `, ${number(units.cached_input)} of them cached`}`
    : counted(units.count, units.kind);
}

/** Who can decide what about a discrepancy now. */
export type Choice = 'resolve' | 'approve' | 'revoke' | 'wait';

/**
 * What the button says that opens a discrepancy: `Approve…` only for who is known to be another person than the one who
 * has proposed.
 */
export function openingText({ state, proposal }: Pick<Discrepancy, 'state' | 'proposal'>, acts: boolean,
  subject: string | undefined): string {
  if (!acts) {
    return 'Show';
  }
  if (state === 'resolved') {
    return 'Show…';
  }
  return proposal === undefined ? 'Resolve…' : subject === undefined || subject === proposal.by ? 'Show…' : 'Approve…';
}

/**
 * What a caller can do: an open one is resolved, by one person or as a proposal; a proposal is approved by another
 * person, or revoked; so is a resolution. A report that differs is resolved by no decision.
 */
export function choicesOf({ kind, state, proposal }: Pick<Discrepancy, 'kind' | 'state' | 'proposal'>, caller: string):
readonly Choice[] {
  if (kind === 'period-report-differs' || state === 'retracted') {
    return [];
  }
  if (state === 'resolved') {
    return ['revoke'];
  }
  if (proposal === undefined) {
    return ['resolve'];
  }
  return [proposal.by === caller ? 'wait' : 'approve', 'revoke'];
}
