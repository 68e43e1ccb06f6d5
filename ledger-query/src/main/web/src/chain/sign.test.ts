import { describe, expect, it } from 'vitest';
import { rulesOf, type Target } from './contracts';
import { forecastOf, type WalletAction } from './forecast';
import { noHoldings, type Holdings } from './holdings';
import { follows, sign, type LedgerNow } from './sign';
import type { Eip1193 } from './wallets';

const OWNER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const PROVIDER = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const TARGET: Target = { chainId: 31337, contract: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  family: 'account-ledger' };
const RULES = rulesOf(TARGET);
const HASH = `0x${'1'.repeat(64)}`;
const ZERO_G = 10n ** 18n;

/** A wallet without code whose node is at block 40, with nothing waiting; what it is given comes before. */
function wallet(given: Record<string, unknown> = {}) {
  const answers: Record<string, unknown> = { eth_requestAccounts: [OWNER], eth_chainId: '0x7a69',
    eth_getBalance: '0xde0b6b3a7640000', eth_getTransactionCount: '0x7', eth_blockNumber: '0x28',
    eth_getCode: '0x', eth_call: '0x', eth_sendTransaction: HASH, ...given };
  const asked: string[] = [];
  const provider: Eip1193 = { request: async ({ method, params }) => {
    asked.push(method);
    const answer = answers[method];
    return typeof answer === 'function' ? (answer as (given: unknown) => unknown)(params) : answer;
  } };
  return { provider, asked };
}

const account = (...refunds: bigint[]): Holdings => ({ owner: OWNER, open: true, available: 5n * ZERO_G,
  total: 7n * ZERO_G, subAccounts: [{ provider: PROVIDER, service: 'inference-v1.0', balance: 2n * ZERO_G,
    acknowledged: true, refunds: refunds.map(amount => ({ amount, requestedAt: '2026-10-01T00:00:00Z',
      unlocksAt: '2026-10-02T00:00:00Z', claimable: false })) }] });
const followed = { chain_id: 31337, family: 'account-ledger', contracts: [TARGET.contract] };
const transfer: WalletAction = { kind: 'transfer', provider: PROVIDER, service: 'inference-v1.0', amount: ZERO_G };

/** What was decided by holdings that were shown. */
const decided = (shown: Holdings, action: WalletAction = transfer) =>
  ({ action, forecast: forecastOf(action, shown, undefined, RULES), locks: undefined });
const ledger = (holdings: Holdings | undefined, confirmations = 0): LedgerNow & { minBlocks: number[] } => {
  const minBlocks: number[] = [];
  return { minBlocks, status: async () => ({ followed, confirmations }), holdings: async minBlock => {
    minBlocks.push(minBlock);
    return holdings;
  } };
};

describe('an act that was decided', () => {
  it('is signed by a ledger that has all blocks of the wallet\'s node', async () => {
    const now = ledger(account());
    const { provider, asked } = wallet();
    expect(await sign(provider, TARGET, OWNER, decided(account()), now)).toBe(HASH);
    expect(now.minBlocks).toEqual([40]);
    expect(asked.indexOf('eth_blockNumber')).toBeLessThan(asked.indexOf('eth_getTransactionCount'));
  });
  it('is signed by a ledger that has all blocks with confirmations and all that the wallet has sent', async () => {
    const now = ledger(account(), 2);
    const sent: unknown[] = [];
    const { provider } = wallet({ eth_getTransactionCount: ([, tag]: string[]) => {
      sent.push(tag);
      return '0x7';
    } });
    expect(await sign(provider, TARGET, OWNER, decided(account()), now)).toBe(HASH);
    expect(now.minBlocks).toEqual([38]);
    expect(sent).toEqual(['pending', '0x26']);
  });
  it('is signed by a ledger that has all blocks where the wallet\'s account has code', async () => {
    const now = ledger(account(), 2);
    await sign(wallet({ eth_getCode: '0xef0100' }).provider, TARGET, OWNER, decided(account()), now);
    expect(now.minBlocks).toEqual([40]);
  });
  it('is signed while the chain is shorter than the confirmations', async () => {
    const now = ledger(account(), 100);
    await sign(wallet().provider, TARGET, OWNER, decided(account()), now);
    expect(now.minBlocks).toEqual([0]);
  });

  const refused = async (sentence: string, now: LedgerNow, given: Record<string, unknown> = {},
    action: WalletAction = transfer) => {
    const { provider, asked } = wallet(given);
    await expect(sign(provider, TARGET, OWNER, decided(account(), action), now)).rejects.toThrow(sentence);
    expect(asked).not.toContain('eth_sendTransaction');
  };
  it('is not signed if it would cancel a refund that was not there when it was decided', async () => {
    await refused('what was shown is no longer what would happen', ledger(account(ZERO_G)));
  });
  it('is not signed while another transaction of the wallet waits', async () => {
    await refused('Another transaction of this wallet waits', ledger(account()),
      { eth_getTransactionCount: ([, tag]: string[]) => (tag === 'pending' ? '0x8' : '0x7') });
  });
  it('is not signed while another transaction of the wallet waits for its confirmations', async () => {
    await refused('or for the 2 blocks on top of it', ledger(account(), 2),
      { eth_getTransactionCount: ([, tag]: string[]) => (tag === '0x26' ? '0x6' : '0x7') });
  });
  it('is not signed while the ledger is behind the chain', async () => {
    await refused('The ledger is behind the chain', ledger(undefined));
    const unknown = { ...ledger(account()), status: async () => ({ followed, confirmations: undefined }) };
    await refused('The ledger is behind the chain', unknown);
  });
  it('is not signed for a contract that the ledger does not follow', async () => {
    const other = { ...followed, contracts: [PROVIDER] };
    const status = async () => ({ followed: other, confirmations: 0 });
    await refused('load the page again', { ...ledger(account()), status });
  });
  it('is not signed for another contract than that of a public network', async () => {
    const { provider, asked } = wallet();
    await expect(sign(provider, { ...TARGET, chainId: 16_661 }, OWNER, decided(account()), ledger(account())))
      .rejects.toThrow('On chain 16661 the contract');
    expect(asked).toEqual([]);
  });
  it('is not signed where the wallet has too few coins', async () => {
    await refused('The wallet has only', ledger(noHoldings(OWNER)), {}, { kind: 'deposit', amount: 3n * ZERO_G });
  });
});

describe('the contract that is called', () => {
  it('is followed on its chain alone, however it is spelled', () => {
    expect(follows({ ...followed, contracts: [PROVIDER, TARGET.contract.toLowerCase()] }, TARGET)).toBe(true);
    expect(follows({ ...followed, chain_id: 1 }, TARGET)).toBe(false);
    expect(follows({ ...followed, family: '0g' }, TARGET)).toBe(false);
    expect(follows({ ...followed, contracts: [] }, TARGET)).toBe(false);
    expect(follows(undefined, TARGET)).toBe(false);
  });
});
