import { zeroG as digits } from 'neuron-ledger-client/browser';
import type { ContractRules } from './contracts';
import {
  freeOf, pendingOf, sum, type Holdings, type PendingRefund, type SubAccountHoldings,
} from './holdings';

/** What an owner can do, as one transaction. Amounts in neuron. */
export type WalletAction =
  | { readonly kind: 'deposit'; readonly amount: bigint }
  | { readonly kind: 'transfer'; readonly provider: string; readonly service: string; readonly amount: bigint }
  | { readonly kind: 'retrieve'; readonly service: string; readonly providers: readonly string[] }
  | { readonly kind: 'withdraw'; readonly amount: bigint }
  | { readonly kind: 'acknowledge'; readonly provider: string; readonly service: string; readonly accepted: boolean };

/** What a transaction will do if nothing else happens before it, in sentences: those of `./ledger wallet`. */
export interface Forecast {
  /** What moves. */
  readonly effects: readonly string[];
  /** What is undone by it; empty for nothing. */
  readonly cancels: readonly string[];
  /** The rule by which the contract would refuse it; then there are no effects. */
  readonly refusal?: string;
  /** What is available and held in all after it; absent where it is refused. */
  readonly after?: { readonly available: bigint; readonly total: bigint };
}

const UINT256_MAX = 2n ** 256n - 1n;

/** The lock period of each service, in seconds; undefined where they are not known, and then refuse nothing. */
export type LockPeriods = ReadonlyMap<string, number> | undefined;

/** Foresees what an action does to an owner's holdings, by the rules of the contract. */
export function forecastOf(action: WalletAction, now: Holdings, locks: LockPeriods, rules: ContractRules): Forecast {
  switch (action.kind) {
    case 'deposit':
      return deposit(action.amount, now, rules);
    case 'transfer':
      return transfer(action, now, locks, rules);
    case 'retrieve':
      return retrieve(action, now, locks, rules);
    case 'withdraw':
      return withdraw(action.amount, now, rules);
    case 'acknowledge':
      return acknowledge(action, now, locks, rules);
  }
}

/** Whether two actions, or two forecasts, say the same. */
export function isSame<T extends WalletAction | Forecast>(one: T | undefined, other: T | undefined): boolean {
  const text = (each: T | undefined) => JSON.stringify(each, (_, value: unknown) =>
    (typeof value === 'bigint' ? String(value) : value));
  return text(one) === text(other);
}

const refused = (refusal: string): Forecast => ({ effects: [], cancels: [], refusal });
const zeroG = (amount: bigint) => `${digits(amount)} 0G`;
const least = (a: bigint, b: bigint) => (a < b ? a : b);
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function find(now: Holdings, provider: string, service: string): SubAccountHoldings | undefined {
  return now.subAccounts.find(each => same(each.provider, provider) && each.service === service);
}

function deposit(amount: bigint, now: Holdings, { ledgerMin }: ContractRules): Forecast {
  if (amount === 0n) {
    return refused('A deposit of nothing is refused.');
  }
  if (!now.open && amount < ledgerMin) {
    return refused(`A ledger opens with a deposit of at least ${zeroG(ledgerMin)}, and this wallet has no ledger `
      + `yet: ${zeroG(amount)} is too little.`);
  }
  if (amount > UINT256_MAX - now.total) {
    return refused(`A ledger of ${zeroG(now.total)} with ${zeroG(amount)} more is more than a contract can hold.`);
  }
  const moves = `Moves ${zeroG(amount)} from the wallet into its ledger.`;
  return { effects: now.open ? [moves] : [moves, 'Opens the ledger.'], cancels: [],
    after: { available: now.available + amount, total: now.total + amount } };
}

function transfer({ provider, service, amount }: Extract<WalletAction, { kind: 'transfer' }>, now: Holdings,
  locks: LockPeriods, rules: ContractRules): Forecast {
  const account = find(now, provider, service);
  const cancelled = account === undefined ? 0n : least(pendingOf(account), amount);
  const moved = amount - cancelled;
  const refusal = amount === 0n ? 'A transfer of nothing moves nothing.' : generalRefusal(service, now, locks, rules)
    ?? (account === undefined && amount < rules.firstTransferMin
      ? `The first transfer to a provider's service is at least ${zeroG(rules.firstTransferMin)}: ${zeroG(amount)
      } is too little.`
      : account === undefined && now.subAccounts.filter(each => each.service === service).length >= rules.providersMax
        ? `A wallet has at most ${rules.providersMax} providers of one service, and ${service} has that many.`
        : now.available < moved
          ? `Only ${zeroG(now.available)} are available, and this would move ${zeroG(moved)}.` : undefined);
  if (refusal !== undefined) {
    return refused(refusal);
  }
  const target = `the sub-account with ${provider}, ${service}`;
  return {
    effects: [
      ...(account === undefined ? [`Opens ${target}.`] : []),
      moved === 0n ? `Moves no money: all of ${zeroG(amount)} goes into cancelling refunds.`
        : `Moves ${zeroG(moved)} from what is available into ${target}.`,
      'The provider may settle its fees from there: this acknowledges it.',
    ],
    cancels: cancelled === 0n || account === undefined ? [] : cancelledSentences(account.refunds, cancelled),
    after: { available: now.available - moved, total: now.total },
  };
}

/** What is wrong with any use of a service. */
function generalRefusal(service: string, now: Holdings, locks: LockPeriods,
  { ledgerMin }: ContractRules): string | undefined {
  if (!now.open) {
    return `This wallet has no ledger: deposit at least ${zeroG(ledgerMin)} first.`;
  }
  return locks === undefined || locks.has(service) ? undefined
    : `There is no service ${service}; there are: ${[...locks.keys()].sort().join(', ')}.`;
}

/** The newest first, whether past their lock or not; the last one in part. */
function cancelledSentences(refunds: readonly PendingRefund[], amount: bigint): string[] {
  const sentences: string[] = [];
  let left = amount;
  for (const refund of refunds.toReversed()) {
    if (left === 0n) {
      break;
    }
    const taken = least(refund.amount, left);
    left -= taken;
    sentences.push(`Cancels ${taken === refund.amount ? `the refund of ${zeroG(taken)}`
      : `${zeroG(taken)} of the refund of ${zeroG(refund.amount)}`} that was asked for at ${refund.requestedAt}${
      refund.claimable ? ', although it could be fetched now.' : '.'}`);
  }
  return sentences;
}

function retrieve({ service, providers }: Extract<WalletAction, { kind: 'retrieve' }>, now: Holdings,
  locks: LockPeriods, rules: ContractRules): Forecast {
  const general = generalRefusal(service, now, locks, rules)
    ?? (providers.length === 0 ? `There is no sub-account of ${service} to retrieve from.`
      : providers.length > rules.retrieveMax
        ? `One retrieval takes at most ${rules.retrieveMax} providers, not ${providers.length}: choose some of them.`
        : undefined);
  if (general !== undefined) {
    return refused(general);
  }
  const effects: string[] = [];
  let fetched = 0n;
  let changes = false;
  for (const provider of providers) {
    const account = find(now, provider, service);
    if (account === undefined) {
      effects.push(`Passes over ${provider}: there is no sub-account with it.`);
      continue;
    }
    const free = freeOf(account);
    const waiting = account.refunds.filter(each => !each.claimable);
    if (free > 0n && waiting.length >= rules.refundsMax) {
      return refused(`A sub-account has at most ${rules.refundsMax} refunds at a time, and that with ${provider
      } has that many waiting: the first can be fetched at ${waiting[0]?.unlocksAt ?? 'a later time'}.`);
    }
    const paid = sum(account.refunds.filter(each => each.claimable));
    if (paid > 0n) {
      effects.push(`Fetches ${zeroG(paid)} from ${provider}, past their lock: they become available.`);
      fetched += paid;
      changes = true;
    }
    for (const each of waiting) {
      effects.push(`Leaves ${zeroG(each.amount)} with ${provider}: they wait until ${each.unlocksAt}.`);
    }
    if (free > 0n) {
      effects.push(`Asks ${zeroG(free)} back from ${provider}: they can be fetched by another retrieval after ${
        lockOf(service, locks)}, as far as the provider has not settled fees from them by then.`);
      changes = true;
    }
    if (account.balance === 0n) {
      effects.push(`Finds nothing with ${provider}.`);
    }
  }
  return changes ? { effects, cancels: [], after: { available: now.available + fetched, total: now.total } }
    : refused(`It would change nothing: ${effects.join(' ')}`);
}

/** How long what is asked back waits. */
function lockOf(service: string, locks: LockPeriods): string {
  const seconds = locks?.get(service);
  if (seconds === undefined) {
    return 'the service\'s lock period, 24 hours where it has set no other';
  }
  return seconds % 3600 === 0 ? `${seconds / 3600} hours` : `${seconds} seconds`;
}

function withdraw(amount: bigint, now: Holdings, { ledgerMin }: ContractRules): Forecast {
  if (!now.open) {
    return refused('This wallet has no ledger: there is nothing to withdraw.');
  }
  if (amount === 0n) {
    return refused('A withdrawal of nothing moves nothing.');
  }
  if (now.available < amount) {
    return refused(`Only ${zeroG(now.available)} are available, not ${zeroG(amount)
    }; what is in sub-accounts comes back by a retrieval first.`);
  }
  const rest = now.available - amount;
  if (rest > 0n && rest < ledgerMin) {
    return refused(`What stays available is nothing or at least ${zeroG(ledgerMin)}, and this would leave ${zeroG(rest)
    }: withdraw all ${zeroG(now.available)}${now.available > ledgerMin
      ? `, or at most ${zeroG(now.available - ledgerMin)}` : ''}.`);
  }
  const total = now.total - amount;
  const empty = now.subAccounts.length === 0 ? '' : ` and its ${now.subAccounts.length} empty sub-accounts`;
  return {
    effects: [`Moves ${zeroG(amount)} from the ledger to the wallet ${now.owner}.`,
      ...(total === 0n ? [`Closes the ledger${empty}: nothing is left in it.`] : [])],
    cancels: [],
    after: { available: rest, total },
  };
}

function acknowledge({ provider, service, accepted }: Extract<WalletAction, { kind: 'acknowledge' }>, now: Holdings,
  locks: LockPeriods, rules: ContractRules): Forecast {
  const general = generalRefusal(service, now, locks, rules);
  if (general !== undefined) {
    return refused(general);
  }
  const account = find(now, provider, service);
  if (account === undefined) {
    return refused(`There is no sub-account with ${provider}, ${service}: a transfer opens one, and acknowledges the `
      + 'provider.');
  }
  if (!accepted && account.balance > 0n) {
    return refused(`A provider can be refused only while its sub-account is empty, and it has ${
      zeroG(account.balance)}: retrieve them first.`);
  }
  if (account.acknowledged === accepted) {
    return refused(`It would change nothing: the provider is ${accepted ? 'acknowledged' : 'refused'} already.`);
  }
  return {
    effects: [accepted ? `Acknowledges ${provider}, ${service}: it may settle its fees from the sub-account.`
      : `Refuses ${provider}, ${service}: its settlements are rejected until you acknowledge it or transfer to it.`],
    cancels: [],
    after: { available: now.available, total: now.total },
  };
}
