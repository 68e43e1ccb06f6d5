import type { LedgerQuery } from 'neuron-ledger-client/browser';
import type { Tone } from '../../ui';

export type PriceCheck = LedgerQuery['schemas']['PriceCheck'];

const REASONS: Record<NonNullable<PriceCheck['reason']>, string> = {
  'other-tier': 'The prices are those of another tier',
  'other-denomination': 'The provider fixes its price in another unit than neuron, and the rate moves',
  'several-models': 'The provider offers several models, or its price is of another one',
  'no-unit-prices': 'A charge without unit prices',
  'no-price': 'The provider had published no price',
  'other-units': 'Some of the units have no published price',
  'additional-info-unknown': 'Whether there are tiers or a price for cached input is unknown',
  'additional-info-unreadable': 'What the provider publishes beside its price has no known form',
  'beyond-tiers': 'The input is larger than that of the last published tier',
};

/** What a request's unit prices are, beside the published ones. */
export function priceWords({ state, reason }: PriceCheck): { tone: Tone; word: string; tip: string } {
  switch (state) {
    case 'equal':
      return { tone: 'good', word: 'as published', tip: 'Each unit was charged at the price published on chain' };
    case 'differs':
      return {
        tone: 'info',
        word: 'differs',
        tip: `Not the price published on chain. ${
          reason === undefined ? 'No reason is known' : `Likely reason: ${REASONS[reason]}`}`,
      };
    case 'unknown':
      return { tone: 'idle', word: 'unknown', tip: reason === undefined ? 'Not comparable' : REASONS[reason] };
  }
}
