import { ofZeroG } from 'neuron-ledger-client/browser';
import type { Config } from '../app/config';
import type { WalletAction } from './forecast';

const ACCOUNT_LEDGER = 'account-ledger';
const ZERO_G = '0g';
/** A kind of contracts whose calls are known. */
export type Family = typeof ACCOUNT_LEDGER | typeof ZERO_G;

/** The functions of the contract by what they do. What is absent the contract does not offer. */
const FUNCTIONS: Readonly<Record<Family, Readonly<Partial<Record<WalletAction['kind'], string>>>>> = {
  [ACCOUNT_LEDGER]: { deposit: 'deposit', transfer: 'transfer', retrieve: 'retrieve', withdraw: 'withdraw',
    acknowledge: 'acknowledge' },
  [ZERO_G]: { deposit: 'depositFund', transfer: 'transferFund', retrieve: 'retrieveFund', withdraw: 'refund' },
};

/** The contract that an action calls. */
export interface Target {
  readonly chainId: number;
  readonly contract: string;
  readonly family: Family;
}

/** The contract that wallets call; undefined where there is none, or its calls are not known. */
export function targetOf(chain: Config['chain']): Target | undefined {
  return chain !== undefined && isKnown(chain.family)
    ? { chainId: chain.id, contract: chain.contract, family: chain.family } : undefined;
}

function isKnown(family: string): family is Family {
  return Object.hasOwn(FUNCTIONS, family);
}

/** The function of the contract for this; undefined where it has none. */
export function functionOf({ family }: Target, kind: WalletAction['kind']): string | undefined {
  return FUNCTIONS[family][kind];
}

/** The limits of the contract that an owner meets. Amounts in neuron. */
export interface ContractRules {
  /** With which a ledger opens, and what stays available after a withdrawal that leaves something. */
  readonly ledgerMin: bigint;
  /** With which a sub-account opens. */
  readonly firstTransferMin: bigint;
  /** Of a sub-account at a time. */
  readonly refundsMax: number;
  /** Of one service, per owner. */
  readonly providersMax: number;
  /** Providers in one call. */
  readonly retrieveMax: number;
}

const MAINNET = 16661;
const GALILEO = 16602;

/** Both families have the same limits, but for the smaller amounts of 0G's test network. */
export function rulesOf({ family, chainId }: Target): ContractRules {
  const testNetwork = family === ZERO_G && chainId === GALILEO;
  return { ledgerMin: ofZeroG(testNetwork ? '0.1' : '3'), firstTransferMin: ofZeroG(testNetwork ? '0.01' : '1'),
    refundsMax: 5, providersMax: 50, retrieveMax: 20 };
}

/** LedgerManager of 0G's public networks: on their chains a ledger that names another contract is wrong, or a trap. */
const PUBLIC_NETWORKS: ReadonlyMap<number, string> = new Map([
  [MAINNET, '0x2dE54c845Cd948B72D2e32e39586fe89607074E3'],
  [GALILEO, '0xE70830508dAc0A97e6c087c75f402f9Be669E406'],
]);

/** Why nothing is sent to a contract, as a sentence; undefined where something can be. */
export function refusalOf({ chainId, contract, family }: Target): string | undefined {
  const known = PUBLIC_NETWORKS.get(chainId);
  return known === undefined || family === ZERO_G && contract.toLowerCase() === known.toLowerCase() ? undefined
    : `On chain ${chainId} the contract that holds the money of owners is ${known} of the family ${ZERO_G
    }, and the ledger names ${contract} of the family ${family}.`;
}
