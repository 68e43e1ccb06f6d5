import type { LedgerQuery } from 'neuron-ledger-client/browser';

type Price = Pick<LedgerQuery['schemas']['Price'],
  'additional_info' | 'denomination' | 'several_models'>;

const IMAGES = ['text-to-image', 'image-editing'];
const SECONDS = ['speech-to-text', 'text-to-video', 'image-to-video'];

/** What a price is for; undefined where no quote knows it. */
export function priceUnit(serviceType: string): string | undefined {
  return IMAGES.includes(serviceType) ? 'for an image' : SECONDS.includes(serviceType) ? 'for a second'
    : serviceType === 'chatbot' || serviceType === 'fine-tuning' ? 'for a token' : undefined;
}

/** Why no quote at this price is exact; undefined where quotes are. */
export function withoutReason({ additional_info, denomination, several_models }: Price): string | undefined {
  switch (additional_info) {
    case 'unknown': return 'Whether there are tiers or another denomination is unknown';
    case 'unreadable': return 'What the provider publishes beside its price has no known form';
    case 'known':
      return denomination !== undefined ? `The price is fixed in ${denomination}`
        : several_models ? 'The provider offers several models, and the price is of one of them' : undefined;
  }
}
