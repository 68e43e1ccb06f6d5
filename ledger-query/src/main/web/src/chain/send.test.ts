import { ContractFunctionRevertedError, encodeErrorResult, encodeFunctionData } from 'viem';
import { describe, expect, it } from 'vitest';
import { abiOf } from './calls';
import type { Target } from './contracts';
import { connect, failureSentence, send } from './send';
import type { Eip1193 } from './wallets';

const OWNER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const PROVIDER = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const TARGET: Target = { chainId: 31337, contract: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  family: 'account-ledger' };
const ZERO_G: Target = { ...TARGET, family: '0g' };
const abi = abiOf(TARGET);

/** A wallet that answers as it is given, and remembers what it was asked. */
function wallet(answers: Record<string, unknown>) {
  const asked: { method: string; params: unknown }[] = [];
  const provider: Eip1193 = { request: async ({ method, params }) => {
    asked.push({ method, params });
    const answer = answers[method];
    if (answer instanceof Error) {
      throw answer;
    }
    return typeof answer === 'function' ? (answer as () => unknown)() : answer;
  } };
  return { provider, asked };
}

describe('a wallet', () => {
  const ready = { eth_requestAccounts: [PROVIDER.toLowerCase(), OWNER.toLowerCase()], eth_chainId: '0x7a69',
    eth_getBalance: '0xde0b6b3a7640000' };
  it('is connected as the owner of the ledger, or not at all', async () => {
    expect(await connect(wallet(ready).provider, TARGET, OWNER)).toEqual({ account: OWNER, coins: 10n ** 18n });
    await expect(connect(wallet({ ...ready, eth_requestAccounts: [PROVIDER] }).provider, TARGET, OWNER))
      .rejects.toThrow(`connected as ${PROVIDER}`);
  });
  it('is on the chain of the contract, or nothing is sent', async () => {
    let chain = '0x1';
    const other = wallet({ ...ready, eth_chainId: () => chain, wallet_switchEthereumChain: null });
    await expect(connect(other.provider, TARGET, OWNER)).rejects.toThrow('not on chain 31337');
    await expect(send(other.provider, TARGET, OWNER, { kind: 'deposit', amount: 1n })).rejects.toThrow('not on chain');
    expect(other.asked.map(each => each.method)).not.toContain('eth_sendTransaction');
    chain = '0x7a69';
    await connect(other.provider, TARGET, OWNER);
  });
  it('that says no is quoted', async () => {
    const refused = Object.assign(new Error('User rejected'), { code: 4001 });
    await expect(connect(wallet({ eth_requestAccounts: refused }).provider, TARGET, OWNER))
      .rejects.toThrow('It was refused in the wallet.');
    await expect(send(wallet({ ...ready, eth_call: '0x', eth_sendTransaction: refused }).provider, TARGET, OWNER,
      { kind: 'deposit', amount: 1n })).rejects.toThrow('It was refused in the wallet.');
  });
  it('sends exactly what was decided', async () => {
    const { provider, asked } = wallet({ ...ready, eth_call: '0x', eth_sendTransaction: `0x${'1'.repeat(64)}` });
    expect(await send(provider, TARGET, OWNER, { kind: 'deposit', amount: 3n })).toBe(`0x${'1'.repeat(64)}`);
    const [transaction] = asked.find(each => each.method === 'eth_sendTransaction')?.params as
      [{ from: string; to: string; value: string; data: string }];
    expect([transaction.from, transaction.to, BigInt(transaction.value), transaction.data])
      .toEqual([OWNER, TARGET.contract, 3n, encodeFunctionData({ abi, functionName: 'deposit', args: [] })]);
  });
  it('is not asked to sign what the contract would refuse, which says why', async () => {
    const data = encodeErrorResult({ abi, errorName: 'DepositBelowMinimum', args: [1n, 3n * 10n ** 18n] });
    const reverts = Object.assign(new Error('execution reverted'), { code: 3, data });
    const { provider, asked } = wallet({ ...ready, eth_call: reverts });
    await expect(send(provider, TARGET, OWNER, { kind: 'deposit', amount: 1n })).rejects
      .toThrow('The contract would refuse it: DepositBelowMinimum(1, 3000000000000000000). Nothing was signed.');
    expect(asked.map(each => each.method)).not.toContain('eth_sendTransaction');
  });
  it('is not asked to sign what a serving contract would refuse through LedgerManager', async () => {
    const data = encodeErrorResult({ abi: abiOf(ZERO_G), errorName: 'TooManyRefunds', args: [OWNER, PROVIDER] });
    const reverts = Object.assign(new Error('execution reverted'), { code: 3, data });
    const { provider, asked } = wallet({ ...ready, eth_call: reverts });
    await expect(send(provider, ZERO_G, OWNER, { kind: 'retrieve', service: 'inference-v1.0', providers: [PROVIDER] }))
      .rejects.toThrow(`The contract would refuse it: TooManyRefunds(${OWNER}, ${PROVIDER}). Nothing was signed.`);
    expect(asked.map(each => each.method)).not.toContain('eth_sendTransaction');
  });
  it('without a reason is quoted as it is', () => {
    expect(failureSentence(new ContractFunctionRevertedError({ abi, functionName: 'deposit', message: 'x' })))
      .toMatch(/^The contract would refuse it: /);
    expect(failureSentence(new Error('no'))).toBe('The wallet says: no');
  });
});
