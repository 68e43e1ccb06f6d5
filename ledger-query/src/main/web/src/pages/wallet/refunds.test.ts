import { describe, expect, it } from 'vitest';
import { claimable, partsOf, secondsLeft, type SubAccount } from './refunds';

const account: SubAccount = {
  provider: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
  service: 'inference-v1.0',
  balance: '4500',
  pending_refund: '2500',
  free: '2000',
  used: '800',
  settled: '500',
  written_off: '0',
  unsettled: '300',
  unreported: '0',
  spendable: '1700',
  shortfall: '0',
  acknowledged: true,
  refunds: [],
};
const refund = {
  id: '9-0-0-0-0',
  amount: '2500',
  requested_at: '2026-11-28T05:00:54Z',
  unlocks_at: '2026-11-29T05:00:54Z',
  state: 'waiting' as const,
  remaining_seconds: 86400,
};

describe('a refund', () => {
  const unlocks = '2026-11-29T05:00:54Z';
  const block = '2026-11-29T04:00:00Z';
  it('waits by the clock, to the very second', () => {
    expect(secondsLeft(unlocks, block, Date.parse('2026-11-29T05:00:53Z'), false)).toBe(1);
    expect(secondsLeft(unlocks, block, Date.parse('2026-11-29T05:00:53.500Z'), false)).toBe(1);
    expect(secondsLeft(unlocks, block, Date.parse(unlocks), false)).toBe(0);
  });
  it('waits by the block where its time is ahead of the clock, and where it is of the past', () => {
    expect(secondsLeft(unlocks, block, Date.parse('2026-11-28T00:00:00Z'), false)).toBe(3654);
    expect(secondsLeft(unlocks, block, Date.parse('2027-01-01T00:00:00Z'), true)).toBe(3654);
  });
  it('is counted among those that could be fetched once it is claimable', () => {
    expect(claimable([{ ...account, refunds: [refund, { ...refund, state: 'claimable', amount: '7' }] }])).toBe(7n);
  });
});

describe('a balance', () => {
  it('is what is spendable, unsettled and asked back', () => {
    const { spendable, unsettled, pending, balance } = partsOf(account);
    expect([spendable, unsettled, pending]).toEqual([1700n, 300n, 2500n]);
    expect(spendable + unsettled + pending).toBe(balance);
  });
  it('has no more unsettled than is free, however much is owed', () => {
    const { spendable, unsettled, pending, balance } = partsOf({
      ...account,
      unsettled: '9000',
      spendable: '0',
      shortfall: '7000',
    });
    expect([spendable, unsettled]).toEqual([0n, 2000n]);
    expect(spendable + unsettled + pending).toBe(balance);
  });
});
