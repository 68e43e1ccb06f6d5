import { decodeFunctionData, encodeFunctionData, toFunctionSelector, type AbiFunction } from 'viem';
import { describe, expect, it } from 'vitest';
import { abiOf, callOf } from './calls';
import { functionOf, type Target } from './contracts';
import type { WalletAction } from './forecast';
import recordedCalls from './recordedCalls.json';

const PROVIDER = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const OTHER = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
const CONTRACT = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const ACCOUNT_LEDGER: Target = { chainId: 31337, contract: CONTRACT, family: 'account-ledger' };
const ZERO_G: Target = { chainId: 31337, contract: CONTRACT, family: '0g' };
const INFERENCE = 'inference-v1.0';
const FINE_TUNING = 'fine-tuning-v1.0';

function encoded(action: WalletAction, target: Target) {
  const { functionName, args, value } = callOf(action, target);
  return { value, data: encodeFunctionData({ abi: abiOf(target), functionName, args }) };
}

describe('the call of an action', () => {
  it('is one of AccountLedger, with all its arguments', () => {
    const abi = abiOf(ACCOUNT_LEDGER);
    for (const action of [{ kind: 'deposit' as const, amount: 5n }, { kind: 'withdraw' as const, amount: 2n ** 255n },
      { kind: 'transfer' as const, provider: PROVIDER.toLowerCase(), service: INFERENCE, amount: 7n },
      { kind: 'retrieve' as const, service: INFERENCE, providers: [PROVIDER] },
      { kind: 'acknowledge' as const, provider: PROVIDER, service: INFERENCE, accepted: false }]) {
      const { functionName, args } = callOf(action, ACCOUNT_LEDGER);
      const { value, data } = encoded(action, ACCOUNT_LEDGER);
      expect(decodeFunctionData({ abi, data })).toEqual({ functionName, args: args.length === 0 ? undefined : args });
      expect(value).toBe(action.kind === 'deposit' ? 5n : 0n);
    }
  });

  /** Recorded with those contracts on a local chain; the data of each by words. */
  it('is for the contracts of 0G that of a transaction which they have executed, byte for byte', () => {
    const recorded: WalletAction[] = [
      { kind: 'deposit', amount: 3_600_000_000_000_000_487n },
      { kind: 'transfer', provider: PROVIDER, service: INFERENCE, amount: 1_050_000_000_000_000_412n },
      { kind: 'transfer', provider: PROVIDER, service: FINE_TUNING, amount: 1_750_000_000_000_000_281n },
      { kind: 'retrieve', service: FINE_TUNING, providers: [OTHER, PROVIDER] },
      { kind: 'retrieve', service: INFERENCE, providers: [PROVIDER, PROVIDER] },
      { kind: 'withdraw', amount: 1_949_999_999_999_999_588n },
    ];
    expect(recorded.map(action => encoded(action, ZERO_G))).toEqual(
      recordedCalls.map(({ value, input }) => ({ value: BigInt(value), data: input.join('') })));
  });

  it('has the selectors of the contracts of 0G', () => {
    const selectors = { depositFund: '0x8d0d8cb6', transferFund: '0x2ba43b82', retrieveFund: '0x31404a19',
      refund: '0x278ecde1' };
    const functions = abiOf(ZERO_G).filter((each): each is AbiFunction => each.type === 'function');
    for (const [name, selector] of Object.entries(selectors)) {
      expect(functions.filter(each => each.name === name).map(each => toFunctionSelector(each))).toEqual([selector]);
    }
  });

  it('is not made where the contract does not offer it', () => {
    expect(functionOf(ACCOUNT_LEDGER, 'acknowledge')).toBe('acknowledge');
    expect(functionOf(ZERO_G, 'acknowledge')).toBeUndefined();
    expect(() => callOf({ kind: 'acknowledge', provider: PROVIDER, service: INFERENCE, accepted: true }, ZERO_G))
      .toThrow('no call to acknowledge');
  });
});
