import { ofZeroG } from 'neuron-ledger-client/browser';
import { describe, expect, it } from 'vitest';
import { rulesOf } from './contracts';
import { forecastOf, isSame, type LockPeriods, type WalletAction } from './forecast';
import { noHoldings, type Holdings, type PendingRefund, type SubAccountHoldings } from './holdings';

const OWNER = '0xa0Ee7A142d267C1f36714E4a8F75612F20a79720';
const A = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const B = '0x976EA74026E726554dB657fA54763abd0C3a0aa9';
const INFERENCE = 'inference-v1.0';
const LOCKS: LockPeriods = new Map([[INFERENCE, 86_400]]);
const NONE = noHoldings(OWNER);
const RULES = rulesOf({ chainId: 31337, contract: A, family: 'account-ledger' });

const hour = (hours: number) => new Date(Date.UTC(2026, 10, 1, hours)).toISOString().replace('.000', '');
const waiting = (amount: string, at: number): PendingRefund =>
  ({ amount: ofZeroG(amount), requestedAt: hour(at), unlocksAt: hour(at + 24), claimable: false });
const claimable = (amount: string): PendingRefund =>
  ({ amount: ofZeroG(amount), requestedAt: hour(-24), unlocksAt: hour(0), claimable: true });
const account = (provider: string, balance: string, ...refunds: PendingRefund[]): SubAccountHoldings =>
  ({ provider, service: INFERENCE, balance: ofZeroG(balance), acknowledged: true, refunds });
const holdings = (available: string, ...subAccounts: SubAccountHoldings[]): Holdings => ({ owner: OWNER, open: true,
  available: ofZeroG(available), subAccounts,
  total: subAccounts.reduce((sum, each) => sum + each.balance, ofZeroG(available)) });

const of = (action: WalletAction, now: Holdings) => forecastOf(action, now, LOCKS, RULES);
const deposit = (amount: string, now: Holdings) => of({ kind: 'deposit', amount: ofZeroG(amount) }, now);
const transfer = (amount: string, now: Holdings) =>
  of({ kind: 'transfer', provider: A, service: INFERENCE, amount: ofZeroG(amount) }, now);
const retrieve = (now: Holdings, ...providers: string[]) =>
  of({ kind: 'retrieve', service: INFERENCE, providers }, now);
const withdraw = (amount: string, now: Holdings) => of({ kind: 'withdraw', amount: ofZeroG(amount) }, now);
const refusal = (found: ReturnType<typeof of>) => {
  expect(found.effects).toEqual([]);
  expect(found.after).toBeUndefined();
  return found.refusal ?? '';
};

describe('a deposit', () => {
  it('opens the ledger, and has a minimum then', () => {
    const opens = deposit('3', NONE);
    expect(opens.effects).toContain('Opens the ledger.');
    expect(opens.after).toEqual({ available: ofZeroG('3'), total: ofZeroG('3') });
    expect(refusal(deposit('2.999999999999999999', NONE))).toContain('2.999999999999999999 0G is too little');
    expect(refusal(deposit('0', holdings('1')))).toContain('of nothing');
    expect(of({ kind: 'deposit', amount: 1n }, holdings('1')).after?.available).toBe(ofZeroG('1') + 1n);
  });
  it('is not more than a contract can hold', () => {
    const room = 2n ** 256n - 1n - ofZeroG('1');
    expect(of({ kind: 'deposit', amount: room }, holdings('1')).refusal).toBeUndefined();
    expect(refusal(of({ kind: 'deposit', amount: room + 1n }, holdings('1')))).toContain('more than a contract');
  });
});

describe('a transfer', () => {
  it('opens the sub-account, and has a minimum then', () => {
    const opens = transfer('1', holdings('5'));
    expect(opens.effects[0]).toMatch(new RegExp(`^Opens the sub-account with ${A}`));
    expect(opens.after).toEqual({ available: ofZeroG('4'), total: ofZeroG('5') });
    expect(refusal(transfer('0.999999999999999999', holdings('5')))).toContain('at least 1 0G');
    expect(transfer('0.1', holdings('5', account(A, '0'))).refusal).toBeUndefined();
  });
  it('needs a ledger, money, and a service that exists', () => {
    expect(refusal(transfer('1', NONE))).toContain('has no ledger');
    expect(refusal(transfer('5.5', holdings('5')))).toContain('Only 5 0G are available');
    expect(refusal(transfer('0', holdings('5')))).toContain('moves nothing');
    const unknown: WalletAction = { kind: 'transfer', provider: A, service: 'inference-v9.9', amount: ofZeroG('1') };
    expect(refusal(of(unknown, holdings('5')))).toContain('no service inference-v9.9; there are: inference-v1.0');
    expect(forecastOf(unknown, holdings('5'), undefined, RULES).refusal).toBeUndefined();
  });
  it('has at most fifty providers of a service', () => {
    const fifty = Array.from({ length: 50 }, (_, i) => account(`0x${String(i + 1).padStart(40, '0')}`, '0'));
    expect(refusal(transfer('1', holdings('5', ...fifty)))).toContain('at most 50 providers');
    expect(transfer('1', holdings('5', ...fifty.slice(1))).refusal).toBeUndefined();
  });
  it('cancels the newest refund first, and says so', () => {
    const now = holdings('5', account(A, '5', waiting('3', 0), waiting('2', 1)));
    const part = transfer('1', now);
    expect(part.cancels).toEqual(['Cancels 1 0G of the refund of 2 0G that was asked for at 2026-11-01T01:00:00Z.']);
    expect(part.effects[0]).toContain('Moves no money');
    expect(part.after?.available).toBe(ofZeroG('5'));
    const all = transfer('7', now);
    expect(all.cancels).toEqual(['Cancels the refund of 2 0G that was asked for at 2026-11-01T01:00:00Z.',
      'Cancels the refund of 3 0G that was asked for at 2026-11-01T00:00:00Z.']);
    expect(all.effects[0]).toMatch(/^Moves 2 0G/);
    expect(transfer('1', holdings('5', account(A, '5', claimable('2')))).cancels[0])
      .toMatch(/although it could be fetched now\.$/);
  });
  it('that only cancels needs no money', () => {
    expect(transfer('5', holdings('0', account(A, '5', waiting('5', 0)))).refusal).toBeUndefined();
    expect(refusal(transfer('5.1', holdings('0', account(A, '5', waiting('5', 0)))))).toContain('move 0.1 0G');
  });
});

describe('a retrieval', () => {
  it('fetches what is past its lock, and asks the rest back', () => {
    const both = retrieve(holdings('1', account(A, '6', claimable('2'), waiting('1', 0))), A, B);
    expect(both.effects).toEqual([
      `Fetches 2 0G from ${A}, past their lock: they become available.`,
      `Leaves 1 0G with ${A}: they wait until 2026-11-02T00:00:00Z.`,
      `Asks 3 0G back from ${A}: they can be fetched by another retrieval after 24 hours, as far as the provider has `
        + 'not settled fees from them by then.',
      `Passes over ${B}: there is no sub-account with it.`,
    ]);
    expect(both.after?.available).toBe(ofZeroG('3'));
  });
  it('that changes nothing is not sent', () => {
    expect(refusal(retrieve(holdings('1', account(A, '2', waiting('2', 0))), A))).toContain('It would change nothing');
    expect(refusal(retrieve(holdings('1', account(A, '0')), A))).toContain('Finds nothing');
    expect(refusal(retrieve(holdings('1')))).toContain('There is no sub-account');
    expect(refusal(retrieve(NONE, A))).toContain('has no ledger');
  });
  it('is refused whole by a sixth refund, unless one is fetched by it', () => {
    const five = [0, 1, 2, 3, 4].map(each => waiting('1', each));
    expect(refusal(retrieve(holdings('1', account(B, '2'), account(A, '6', ...five)), B, A)))
      .toContain(`at most 5 refunds at a time, and that with ${A} has that many waiting`);
    expect(retrieve(holdings('1', account(A, '6', claimable('1'), ...five.slice(1))), A).refusal).toBeUndefined();
    expect(refusal(retrieve(holdings('1', account(A, '5', ...five)), A))).toContain('nothing');
  });
  it('takes at most twenty providers', () => {
    const many = Array.from({ length: 21 }, (_, i) => `0x${String(i + 1).padStart(40, '0')}`);
    expect(refusal(retrieve(holdings('1'), ...many))).toContain('at most 20 providers, not 21');
    expect(refusal(retrieve(holdings('1'), ...many.slice(1)))).toContain('It would change nothing');
  });
  it('names the lock period where it is known', () => {
    const action: WalletAction = { kind: 'retrieve', service: INFERENCE, providers: [A] };
    const now = holdings('1', account(A, '2'));
    expect(forecastOf(action, now, new Map([[INFERENCE, 3700]]), RULES).effects[0]).toContain('after 3700 seconds');
    expect(forecastOf(action, now, undefined, RULES).effects[0]).toContain('24 hours where it has set no other');
  });
});

describe('a withdrawal', () => {
  it('leaves nothing or the minimum', () => {
    expect(withdraw('4.5', holdings('7.5', account(A, '1'))).after)
      .toEqual({ available: ofZeroG('3'), total: ofZeroG('4') });
    expect(refusal(withdraw('5', holdings('7.5')))).toBe('What stays available is nothing or at least 3 0G, and this '
      + 'would leave 2.5 0G: withdraw all 7.5 0G, or at most 4.5 0G.');
    expect(refusal(withdraw('1', holdings('2')))).toMatch(/withdraw all 2 0G\.$/);
    expect(refusal(withdraw('8', holdings('7.5')))).toContain('Only 7.5 0G are available');
    expect(refusal(withdraw('1', NONE))).toContain('has no ledger');
    expect(refusal(withdraw('0', holdings('3')))).toContain('of nothing');
  });
  it('of the last money closes the ledger, but not while sub-accounts hold some', () => {
    expect(withdraw('4.5', holdings('4.5', account(A, '0'), account(B, '0'))).effects)
      .toContain('Closes the ledger and its 2 empty sub-accounts: nothing is left in it.');
    expect(withdraw('4.5', holdings('4.5', account(A, '1'))).effects).toHaveLength(1);
  });
});

describe('the test network of 0G', () => {
  const smaller = rulesOf({ chainId: 16_602, contract: A, family: '0g' });
  const there = (action: WalletAction, now: Holdings) => forecastOf(action, now, LOCKS, smaller).refusal;
  it('has smaller minima', () => {
    expect(there({ kind: 'deposit', amount: ofZeroG('0.1') }, NONE)).toBeUndefined();
    expect(there({ kind: 'deposit', amount: ofZeroG('0.09') }, NONE)).toContain('at least 0.1 0G');
    const first = (amount: string): WalletAction =>
      ({ kind: 'transfer', provider: A, service: INFERENCE, amount: ofZeroG(amount) });
    expect(there(first('0.01'), holdings('1'))).toBeUndefined();
    expect(there(first('0.009'), holdings('1'))).toContain('at least 0.01 0G');
    expect(there({ kind: 'withdraw', amount: ofZeroG('0.9') }, holdings('1'))).toBeUndefined();
    expect(there({ kind: 'withdraw', amount: ofZeroG('0.95') }, holdings('1'))).toContain('at most 0.9 0G');
  });
});

describe('an acknowledgement', () => {
  const ask = (accepted: boolean, now: Holdings) =>
    of({ kind: 'acknowledge', provider: A.toLowerCase(), service: INFERENCE, accepted }, now);
  it('needs a sub-account, which is empty where the provider is refused', () => {
    expect(refusal(ask(true, holdings('3')))).toContain('There is no sub-account');
    expect(refusal(ask(false, holdings('3', account(A, '1'))))).toContain('only while its sub-account is empty');
    expect(ask(false, holdings('3', account(A, '0'))).effects[0]).toContain('Refuses');
  });
  it('that changes nothing is not sent', () => {
    expect(refusal(ask(true, holdings('3', account(A, '1'))))).toContain('acknowledged already');
    expect(ask(true, holdings('3', { ...account(A, '1'), acknowledged: false })).effects[0]).toContain('Acknowledges');
  });
});

describe('what was shown', () => {
  it('is the same only where every sentence and every amount is', () => {
    const now = holdings('5', account(A, '5', waiting('3', 0)));
    expect(isSame(transfer('4', now), transfer('4', { ...now }))).toBe(true);
    expect(isSame(transfer('4', now), transfer('4', holdings('5', account(A, '5', waiting('2', 0)))))).toBe(false);
    expect(isSame(deposit('1', now), deposit('1', holdings('5.000000000000000001')))).toBe(false);
    expect(isSame(deposit('1', now), undefined)).toBe(false);
  });
});
