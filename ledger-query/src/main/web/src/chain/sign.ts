import { amountText } from '../ui/format';
import { refusalOf, rulesOf, type Target } from './contracts';
import { forecastOf, isSame, type Forecast, type LockPeriods, type WalletAction } from './forecast';
import type { Holdings } from './holdings';
import { connect, send, settledBlock } from './send';
import type { Eip1193 } from './wallets';

/** What the ledger says while an act is signed. */
export interface LedgerNow {
  /** How it follows the chain. */
  status(): Promise<FollowedNow>;
  /** What the owner holds, as of this block or a later one; undefined while the ledger is behind the chain. */
  holdings(minBlock: number): Promise<Holdings | undefined>;
}

/** What the ledger follows, and how. */
export interface FollowedNow {
  /** Undefined for nothing yet. */
  readonly followed: Followed | undefined;
  /** How many blocks are on top of one before the ledger has it; undefined where it does not know. */
  readonly confirmations: number | undefined;
}

/** The contracts that the ledger follows. */
export interface Followed {
  readonly chain_id: number;
  readonly family: string;
  readonly contracts: readonly string[];
}

/** What a person has decided: the act, and what it was shown to do. */
export interface Decided {
  readonly action: WalletAction;
  readonly forecast: Forecast;
  /** The lock periods by which it was foreseen. */
  readonly locks: LockPeriods;
}

const NOTHING = 'Nothing was signed.';

/** Whether the ledger follows the contract that is called. */
export function follows(followed: Followed | undefined, { chainId, contract, family }: Target): boolean {
  return followed !== undefined && followed.chain_id === chainId && followed.family === family
    && followed.contracts.some(each => each.toLowerCase() === contract.toLowerCase());
}

/**
 * Has the wallet sign and send what was decided, if it would still do exactly what was shown, by a ledger that has all
 * blocks of the wallet's node that have their confirmations, and all that the wallet has sent; answers the
 * transaction's hash.
 *
 * @throws Error with a sentence for people; nothing was sent then
 */
export async function sign(wallet: Eip1193, target: Target, owner: string, { action, forecast, locks }: Decided,
  ledger: LedgerNow): Promise<string> {
  const refusal = refusalOf(target);
  if (refusal !== undefined) {
    throw new Error(`${refusal} ${NOTHING}`);
  }
  const { account, coins } = await connect(wallet, target, owner);
  if (action.kind === 'deposit' && coins < action.amount) {
    throw new Error(`The wallet has only ${amountText(coins)}.`);
  }
  const { followed, confirmations } = await ledger.status();
  if (!follows(followed, target)) {
    throw new Error(`The ledger does not follow the contract ${target.contract} on chain ${target.chainId
    } that this page knows: load the page again. ${NOTHING}`);
  }
  const holdings = confirmations === undefined ? undefined
    : await ledger.holdings(await settledBlock(wallet, account, confirmations));
  if (holdings === undefined) {
    throw new Error(`The ledger is behind the chain, and what is foreseen may be of the past: try again later. ${
      NOTHING}`);
  }
  if (!isSame(forecastOf(action, holdings, locks, rulesOf(target)), forecast)) {
    throw new Error(`The ledger has changed meanwhile, and what was shown is no longer what would happen: look again. ${
      NOTHING}`);
  }
  return await send(wallet, target, account, action);
}
