import { ofZeroG, type LedgerQuery } from 'neuron-ledger-client/browser';
import { secondsOf, type Unit } from '../../app/durations';
import { isAddress } from '../../ui/format';
import { type AlertKind } from './alertWords';

/** What a person has typed. */
export interface RuleForm {
  readonly kind: AlertKind;
  /** Addresses, separated by anything that is none. */
  readonly owners: string;
  readonly balance: 'available' | 'total';
  /** In 0G. */
  readonly threshold: string;
  /** In 0G; empty: as the threshold. */
  readonly recoverAt: string;
  readonly provider: string;
  readonly service: string;
  readonly count: string;
  /** Of the count: blocks, for a lag, or a unit of time. */
  readonly unit: Unit | 'blocks';
}

export type RuleField = 'owners' | 'balance' | 'threshold' | 'recoverAt' | 'provider' | 'service' | 'count';

const SUB_ACCOUNT: readonly RuleField[] = ['provider', 'service'];

/** The fields of each kind. */
export const FIELDS: Record<AlertKind, readonly RuleField[]> = {
  'refund-claimable': ['owners'],
  'balance-below': ['owners', 'balance', 'threshold', 'recoverAt'],
  'spendable-below': ['owners', 'threshold', 'recoverAt', ...SUB_ACCOUNT],
  'runway-below': ['owners', 'count', ...SUB_ACCOUNT],
  'discrepancy-opened': ['owners', ...SUB_ACCOUNT],
  'settlement-unmatched': ['owners', 'count', ...SUB_ACCOUNT],
  'provider-silent': ['count', 'provider'],
  'following-stopped': ['count'],
  'following-behind': ['count'],
  'reconciliation-different': [],
};

export const EMPTY_RULE: RuleForm = { kind: 'balance-below', owners: '', balance: 'available', threshold: '',
  recoverAt: '', provider: '', service: '', count: '', unit: 'hours' };

export type RuleBody = NonNullable<LedgerQuery['schemas']['AlertRule']> extends infer Rule
  ? { kind: AlertKind } & Partial<Omit<Rule, 'kind'>> : never;

type Wrong = Partial<Record<RuleField, string>>;

/**
 * The request that makes the rule, or what is wrong with what was typed. What only the service knows, such as the
 * checksum of an address, is left to it.
 *
 * @param ofWallet whether it is a wallet's own rule, which is about itself
 */
export function bodyOf(form: RuleForm, ofWallet: boolean): { readonly body: RuleBody } | { readonly wrong: Wrong } {
  const wrong: Wrong = {};
  const has = (field: RuleField) => FIELDS[form.kind].includes(field);
  const amount = (field: 'threshold' | 'recoverAt'): bigint | undefined => {
    try {
      return ofZeroG(form[field].trim());
    } catch {
      wrong[field] = 'An amount of 0G has digits, and at most 18 decimals after a point.';
      return undefined;
    }
  };
  const body: { -readonly [K in keyof RuleBody]: RuleBody[K] } = { kind: form.kind };
  if (has('owners') && !ofWallet) {
    const owners = addressesOf(form.owners);
    if (owners === undefined) {
      wrong.owners = 'An address is 0x and 40 hexadecimal digits.';
    } else if (owners.length > 0) {
      body.owners = [...owners];
    }
  }
  if (has('balance')) {
    body.balance = form.balance;
  }
  if (has('threshold')) {
    const threshold = amount('threshold');
    const recoverAt = form.recoverAt.trim() === '' ? undefined : amount('recoverAt');
    if (threshold === 0n) {
      wrong.threshold = 'No amount is below 0.';
    } else if (threshold !== undefined && recoverAt !== undefined && recoverAt < threshold) {
      wrong.recoverAt = 'It cannot recover below the amount at which it is raised.';
    }
    if (threshold !== undefined) {
      body.threshold = String(threshold);
    }
    if (recoverAt !== undefined) {
      body.recover_at = String(recoverAt);
    }
  }
  for (const field of ['provider', 'service'] as const) {
    if (has(field) && form[field].trim() !== '') {
      body[field] = form[field].trim();
    }
  }
  if (has('count')) {
    const blocks = form.kind === 'following-behind' && form.unit === 'blocks';
    const count = secondsOf(form.count, form.unit === 'blocks' ? 'seconds' : form.unit);
    if (count === undefined || (form.unit === 'blocks' && !blocks)) {
      wrong.count = 'A whole number, from 0 on.';
    } else if (blocks) {
      body.blocks = count;
    } else {
      body.for_seconds = count;
    }
  }
  return Object.keys(wrong).length > 0 ? { wrong } : { body };
}

/** The addresses of a text; undefined where something else is in it. */
export function addressesOf(text: string): readonly string[] | undefined {
  const words = text.split(/[\s,;]+/).filter(each => each !== '');
  return words.every(isAddress) ? [...new Set(words)] : undefined;
}
