import {
  BaseError, ContractFunctionRevertedError, createPublicClient, createWalletClient, custom, defineChain, getAddress,
  type Chain, type Hex,
} from 'viem';
import { abiOf, callOf } from './calls';
import type { Target } from './contracts';
import type { WalletAction } from './forecast';
import { walletSentence, type Eip1193 } from './wallets';

/** What the wallet is ready for. */
export interface Connection {
  readonly account: string;
  /** Its coins, in neuron. */
  readonly coins: bigint;
}

const chainOf = ({ chainId }: Target): Chain => defineChain({ id: chainId, name: `Chain ${chainId}`,
  nativeCurrency: { name: '0G', symbol: '0G', decimals: 18 }, rpcUrls: { default: { http: [] } } });

/**
 * Connects the wallet as the owner, on the chain of the contract.
 *
 * @throws Error with a sentence for people
 */
export async function connect(provider: Eip1193, target: Target, owner: string): Promise<Connection> {
  try {
    const accounts = await provider.request({ method: 'eth_requestAccounts' }) as readonly string[];
    const account = accounts.find(each => each.toLowerCase() === owner.toLowerCase());
    if (account === undefined) {
      throw new Error(`The wallet is connected as ${accounts[0] === undefined ? 'nobody' : getAddress(accounts[0])
      }, and this ledger is that of ${owner}: choose that account in the wallet.`);
    }
    await onChain(provider, target);
    const coins = BigInt(await provider.request({ method: 'eth_getBalance', params: [account, 'latest'] }) as string);
    return { account: getAddress(account), coins };
  } catch (e) {
    throw e instanceof Error && !('code' in e) ? e : new Error(walletSentence(e));
  }
}

/** Has the wallet be on the chain of the contract: elsewhere the same address is another contract, or none. */
async function onChain(provider: Eip1193, { chainId }: Target): Promise<void> {
  const current = async () => Number(await provider.request({ method: 'eth_chainId' }));
  if (await current() !== chainId) {
    await provider.request({ method: 'wallet_switchEthereumChain',
      params: [{ chainId: `0x${chainId.toString(16)}` }] });
    if (await current() !== chainId) {
      throw new Error(`The wallet is not on chain ${chainId}: switch it there.`);
    }
  }
}

/**
 * The newest block of the wallet's node that has its confirmations, once the account has sent nothing after it: what is
 * on its way changes what the next transaction does.
 *
 * @param confirmations how many blocks are on top of one before the ledger has it; 0 or more
 * @throws Error with a sentence for people
 */
export async function settledBlock(provider: Eip1193, account: string, confirmations: number): Promise<number> {
  const asked = async (method: string, ...params: readonly string[]) =>
    await provider.request({ method, params }) as string;
  const sentBy = async (tag: string) => Number(await asked('eth_getTransactionCount', account, tag));
  try {
    // The block comes first: what is sent while this asks is then after it.
    const head = Number(await asked('eth_blockNumber'));
    // An account with code also acts in transactions that others send, and these its count does not show.
    const depth = confirmations === 0 || await asked('eth_getCode', account, 'latest') !== '0x' ? 0 : confirmations;
    const block = Math.max(0, head - depth);
    if (await sentBy('pending') !== await sentBy(`0x${block.toString(16)}`)) {
      throw new Error(`Another transaction of this wallet waits to be put into a block${depth === 0 ? ''
        : `, or for the ${depth} blocks on top of it after which the ledger has it`}, and can change what this one `
        + 'does: sign once the ledger shows it. Nothing was signed.');
    }
    return block;
  } catch (e) {
    throw e instanceof Error && !('code' in e) ? e : new Error(walletSentence(e));
  }
}

/**
 * Asks the node whether the contract would accept the action now, has the wallet sign and send it, and answers the
 * transaction's hash. What it becomes, only the ledger says.
 *
 * @throws Error with a sentence for people; nothing was sent then
 */
export async function send(provider: Eip1193, target: Target, account: string, action: WalletAction): Promise<Hex> {
  const chain = chainOf(target);
  const transport = custom(provider as Parameters<typeof custom>[0], { retryCount: 0 });
  const call = { address: getAddress(target.contract), abi: abiOf(target), account: getAddress(account),
    ...callOf(action, target) };
  try {
    await onChain(provider, target);
    await createPublicClient({ chain, transport }).simulateContract(call);
    return await createWalletClient({ chain, transport }).writeContract({ ...call, chain });
  } catch (e) {
    throw new Error(failureSentence(e));
  }
}

/** Why it was not sent: the contract's own error, or what the wallet says. */
export function failureSentence(e: unknown): string {
  const reverted = e instanceof BaseError ? e.walk(each => each instanceof ContractFunctionRevertedError) : null;
  if (reverted instanceof ContractFunctionRevertedError) {
    const { errorName, args = [] } = reverted.data ?? {};
    return `The contract would refuse it: ${errorName === undefined ? reverted.reason ?? reverted.shortMessage
      : `${errorName}(${args.map(String).join(', ')})`}. Nothing was signed.`;
  }
  const cause = e instanceof BaseError ? e.walk(each => typeof (each as { code?: unknown }).code === 'number') ?? e : e;
  return walletSentence(cause);
}

/** How a transaction stands with the node of the wallet. */
export type Mined = { readonly state: 'unknown' | 'waiting' }
  | { readonly state: 'mined' | 'reverted'; readonly block: number };

/** @throws Error where the wallet's node does not answer */
export async function minedOf(provider: Eip1193, hash: string): Promise<Mined> {
  const receipt = await provider.request({ method: 'eth_getTransactionReceipt', params: [hash] }) as
    { blockNumber: string; status: string } | null;
  if (receipt !== null) {
    return { state: Number(receipt.status) === 1 ? 'mined' : 'reverted', block: Number(receipt.blockNumber) };
  }
  const known = await provider.request({ method: 'eth_getTransactionByHash', params: [hash] });
  return { state: known === null ? 'unknown' : 'waiting' };
}
