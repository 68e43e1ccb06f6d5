import { type LedgerQuery } from 'neuron-ledger-client/browser';
import { href } from '../../app/router';
import { amountText, grouped, spanText, type Tone } from '../../ui';

export type Alert = LedgerQuery['schemas']['Alert'];
export type AlertRule = LedgerQuery['schemas']['AlertRule'];
export type AlertKind = LedgerQuery['schemas']['AlertKind'];
export type AlertType = LedgerQuery['schemas']['AlertType'];

/** What a value is counted in: a number of blocks or of seconds is told by its rule. */
type Measure = 'amount' | 'seconds' | 'count' | 'lag';

interface KindWords {
  readonly title: string;
  /** When it is raised, and until when it holds. */
  readonly when: string;
  readonly measure: Measure;
  /** Kinds that a wallet's own rule may have. */
  readonly ofWallets: boolean;
}

export const KINDS: Record<AlertKind, KindWords> = {
  'refund-claimable': { title: 'Refund can be fetched', measure: 'amount', ofWallets: true,
    when: 'A refund can be fetched, until it is fetched or cancelled.' },
  'balance-below': { title: 'Balance is low', measure: 'amount', ofWallets: true,
    when: 'A balance of a wallet is below an amount, until it reaches another one or the ledger is closed.' },
  'spendable-below': { title: 'Spendable amount is low', measure: 'amount', ofWallets: true,
    when: 'What may be spent at a provider is below an amount, until it reaches another one.' },
  'runway-below': { title: 'Runway is short', measure: 'seconds', ofWallets: true,
    when: 'A provider will, or may, refuse a sub-account within so long, until its runway lasts a quarter longer.' },
  'discrepancy-opened': { title: 'Discrepancy is open', measure: 'amount', ofWallets: false,
    when: 'A discrepancy is open.' },
  'settlement-unmatched': { title: 'Settlement does not match', measure: 'seconds', ofWallets: false,
    when: 'A settlement has not matched for so long, and nobody has resolved that.' },
  'provider-silent': { title: 'Provider is silent', measure: 'seconds', ofWallets: false,
    when: 'A provider was active before, and has had neither usage nor settlements for so long.' },
  'following-stopped': { title: 'Chain is not followed', measure: 'seconds', ofWallets: false,
    when: 'The chain is not followed for so long.' },
  'following-behind': { title: 'Answers are behind the chain', measure: 'lag', ofWallets: false,
    when: 'The block of the answers lags the head of the chain by more than this.' },
  'reconciliation-different': { title: 'Comparison found a difference', measure: 'count', ofWallets: false,
    when: 'The newest comparison with the contract found a difference.' },
};

export const KIND_OPTIONS: readonly (readonly [AlertKind, string])[] =
  (Object.keys(KINDS) as AlertKind[]).map(each => [each, KINDS[each].title] as const);

export const TYPES: Record<AlertType, { word: string; tone: Tone }> = {
  'alert-raised.v1': { word: 'raised', tone: 'warn' },
  'alert-recovered.v1': { word: 'recovered', tone: 'good' },
  'alert-withdrawn.v1': { word: 'taken back by a fork', tone: 'idle' },
};

/** What was found, or what it is compared with, in its unit. `rule` is that of the alert where it is known. */
export function valueText(kind: AlertKind, value: string, rule?: Pick<AlertRule, 'blocks' | 'for_seconds'>): string {
  if (!/^-?\d+$/.test(value)) {
    return value;
  }
  switch (KINDS[kind].measure) {
    case 'amount':
      return amountText(value);
    case 'seconds':
      return spanText(Number(value));
    case 'lag':
      return rule?.blocks !== undefined ? `${grouped(value)} blocks`
        : rule?.for_seconds !== undefined ? spanText(Number(value)) : grouped(value);
    case 'count':
      return grouped(value);
  }
}

/** The condition of a rule in a few words; empty where its kind says it all. */
export function conditionText(rule: AlertRule): string {
  const parts: string[] = [];
  if (rule.threshold !== undefined) {
    parts.push(`${rule.balance === undefined ? '' : `${rule.balance} `}below ${amountText(rule.threshold)}`);
    if (rule.recover_at !== undefined && rule.recover_at !== rule.threshold) {
      parts.push(`until ${amountText(rule.recover_at)}`);
    }
  }
  if (rule.for_seconds !== undefined) {
    parts.push(rule.kind === 'following-behind' ? `by more than ${spanText(rule.for_seconds)}`
      : rule.kind === 'runway-below' ? `within ${spanText(rule.for_seconds)}`
      : `for ${spanText(rule.for_seconds)}`);
  }
  if (rule.blocks !== undefined) {
    parts.push(`by more than ${grouped(rule.blocks)} blocks`);
  }
  return parts.join(', ');
}

/** The page of what an alert is about; undefined for the ledger as a whole. */
export function placeOfAlert(alert: Alert): string | undefined {
  switch (alert.kind) {
    case 'settlement-unmatched':
      return alert.subject === undefined ? undefined : href(['settlements', alert.subject]);
    case 'discrepancy-opened':
    case 'reconciliation-different':
      return href(['checks']);
    case 'refund-claimable':
    case 'balance-below':
    case 'spendable-below':
    case 'runway-below':
      return alert.owner === undefined ? undefined : href(['wallets', alert.owner]);
    case 'provider-silent':
      return alert.provider === undefined ? undefined : href(['providers', alert.provider]);
    case 'following-stopped':
    case 'following-behind':
      return undefined;
  }
}
