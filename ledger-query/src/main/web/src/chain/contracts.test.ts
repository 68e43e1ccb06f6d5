import { describe, expect, it } from 'vitest';
import { refusalOf, rulesOf, targetOf, type Target } from './contracts';

const CONTRACT = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const ACCOUNT_LEDGER: Target = { chainId: 31337, contract: CONTRACT, family: 'account-ledger' };
const ZERO_G: Target = { chainId: 31337, contract: CONTRACT, family: '0g' };

describe('the contract of a deployment', () => {
  it('is one whose calls are known, or none', () => {
    expect(targetOf({ id: 31337, contract: CONTRACT, family: '0g' })).toEqual(ZERO_G);
    expect(targetOf({ id: 31337, contract: CONTRACT, family: 'account-ledger' })).toEqual(ACCOUNT_LEDGER);
    expect(targetOf({ id: 31337, contract: CONTRACT, family: 'toString' })).toBeUndefined();
    expect(targetOf(undefined)).toBeUndefined();
  });

  it('is on a public network that network\'s own', () => {
    for (const [chainId, own] of [[16_661, '0x2dE54c845Cd948B72D2e32e39586fe89607074E3'],
      [16_602, '0xE70830508dAc0A97e6c087c75f402f9Be669E406']] as const) {
      expect(refusalOf({ chainId, contract: own.toLowerCase(), family: '0g' })).toBeUndefined();
      expect(refusalOf({ chainId, contract: own, family: 'account-ledger' })).toContain(own);
      expect(refusalOf({ chainId, contract: CONTRACT, family: '0g' })).toContain(CONTRACT);
    }
    expect(refusalOf(ZERO_G)).toBeUndefined();
  });

  it('has smaller minima on the test network of 0G alone', () => {
    expect(rulesOf({ ...ZERO_G, chainId: 16_602 }).ledgerMin).toBe(10n ** 17n);
    expect(rulesOf({ ...ZERO_G, chainId: 16_602 }).firstTransferMin).toBe(10n ** 16n);
    for (const target of [ZERO_G, { ...ZERO_G, chainId: 16_661 }, { ...ACCOUNT_LEDGER, chainId: 16_602 }]) {
      expect(rulesOf(target).ledgerMin).toBe(3n * 10n ** 18n);
      expect(rulesOf(target).firstTransferMin).toBe(10n ** 18n);
    }
  });
});
