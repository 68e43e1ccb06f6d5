import { getAddress, type Abi } from 'viem';
import accountLedger from '../../../../../../api-contracts/src/main/resources/abi/AccountLedger.json';
import inferenceServing from '../../../../../../api-contracts/src/main/resources/abi/InferenceServing.json';
import ledgerManager from '../../../../../../api-contracts/src/main/resources/abi/LedgerManager.json';
import { functionOf, type Family, type Target } from './contracts';
import type { WalletAction } from './forecast';

const ABIS: Readonly<Record<Family, Abi>> = {
  'account-ledger': accountLedger as Abi,
  // What a serving contract refuses comes back through LedgerManager.
  '0g': [...ledgerManager, ...inferenceServing.filter(each => each.type === 'error')] as Abi,
};

/** The ABI of the contract, with the errors of those that it calls. */
export function abiOf({ family }: Target): Abi {
  return ABIS[family];
}

/** A call of the contract: its function, its arguments, and the coins that go with it, in neuron. */
export interface ContractCall {
  readonly functionName: string;
  readonly args: readonly unknown[];
  readonly value: bigint;
}

/** @throws Error where the contract does not offer it */
export function callOf(action: WalletAction, target: Target): ContractCall {
  const functionName = functionOf(target, action.kind);
  if (functionName === undefined) {
    throw new Error(`The contracts of the family ${target.family} have no call to ${action.kind}.`);
  }
  return { functionName, args: argumentsOf(action), value: action.kind === 'deposit' ? action.amount : 0n };
}

function argumentsOf(action: WalletAction): readonly unknown[] {
  switch (action.kind) {
    case 'deposit':
      return [];
    case 'transfer':
      return [getAddress(action.provider), action.service, action.amount];
    case 'retrieve':
      return [action.providers.map(each => getAddress(each)), action.service];
    case 'withdraw':
      return [action.amount];
    case 'acknowledge':
      return [getAddress(action.provider), action.service, action.accepted];
  }
}
