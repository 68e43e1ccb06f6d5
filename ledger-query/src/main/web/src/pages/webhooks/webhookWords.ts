import { type LedgerQuery } from 'neuron-ledger-client/browser';
import { type Tone } from '../../ui';

export type Webhook = LedgerQuery['schemas']['Webhook'];
export type WebhookMessage = LedgerQuery['schemas']['WebhookMessage'];
export type WebhookDelivery = LedgerQuery['schemas']['WebhookDelivery'];

/** The types of what is sent, in the order in which they are offered: money first. */
export const EVENT_TYPES = [
  'funds-deposited.v1', 'funds-withdrawn.v1', 'funds-transferred.v1', 'refund-requested.v1', 'refund-relocked.v1',
  'refund-claimable.v1', 'refunds-completed.v1', 'fees-settled.v1', 'settlement-rejected.v1', 'usage-recorded.v1',
  'usage-reversed.v1', 'provider-acknowledged.v1', 'sub-account-closed.v1', 'ledger-closed.v1', 'ledger-restated.v1',
  'ledger-opened-from-snapshot.v1', 'discrepancy-found.v1', 'discrepancy-resolved.v1',
  'discrepancy-resolution-revoked.v1', 'difference-resolved.v1', 'difference-resolution-proposed.v1',
  'difference-resolution-revoked.v1',
] as const;
export const ALERT_TYPES = ['alert-raised.v1', 'alert-recovered.v1'] as const;

/** `funds-deposited.v1` as words; the version stays where it is not the first. */
export function typeText(type: string): string {
  return type.replace(/\.v1$/, '').replaceAll('-', ' ');
}

/** What state a webhook is in, and why. */
export function stateOf(webhook: Webhook): { readonly tone: Tone; readonly word: string; readonly why?: string } {
  if (!webhook.enabled) {
    return { tone: webhook.disabled?.reason === 'request' ? 'idle' : 'bad', word: 'disabled',
      ...(webhook.disabled === undefined ? {} : { why: REASONS[webhook.disabled.reason] }) };
  }
  return webhook.failing_since === undefined ? { tone: 'good', word: 'on' } : { tone: 'warn', word: 'failing' };
}

const REASONS: Record<NonNullable<Webhook['disabled']>['reason'], string> = {
  request: 'by its maker',
  failing: 'every attempt has failed for 5 days',
  gone: 'the target has answered 410',
  credential: 'the API key by which it was made is no longer good',
};

export const OUTCOMES: Record<WebhookDelivery['outcome'], { readonly tone: Tone; readonly word: string }> = {
  'delivered': { tone: 'good', word: 'delivered' },
  'refused': { tone: 'bad', word: 'refused' },
  'gone': { tone: 'bad', word: 'gone' },
  'timeout': { tone: 'warn', word: 'no answer in time' },
  'unknown-host': { tone: 'bad', word: 'unknown host' },
  'tls-failed': { tone: 'bad', word: 'TLS failed' },
  'not-connected': { tone: 'bad', word: 'not connected' },
};

export const MESSAGE_TONES: Record<WebhookMessage['state'], Tone> = {
  pending: 'info', delivered: 'good', dead: 'bad',
};

/** What became of an attempt, in a sentence. */
export function outcomeText(delivery: Pick<WebhookDelivery, 'outcome' | 'status' | 'took_ms'>): string {
  return `${OUTCOMES[delivery.outcome].word}${delivery.status === undefined ? '' : `, status ${delivery.status}`}`
    + `, after ${delivery.took_ms} ms`;
}

/** A moment that a person has typed as a UTC date and time, as a request names it; undefined where it is none. */
export function typedInstant(text: string): string | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?$/.exec(text.trim());
  const instant = parts === null ? NaN : Date.parse(`${parts[1]}T${parts[2]}${parts[3] ?? ':00'}Z`);
  return Number.isNaN(instant) ? undefined : new Date(instant).toISOString().replace('.000Z', 'Z');
}
