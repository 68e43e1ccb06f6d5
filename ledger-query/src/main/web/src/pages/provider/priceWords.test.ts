import { expect, test } from 'vitest';
import { priceUnit, withoutReason } from './priceWords';

test('a price is for what the service is charged by', () => {
  expect(['chatbot', 'fine-tuning', 'text-to-image', 'image-editing', 'speech-to-text', 'something-new'].map(priceUnit))
    .toEqual(['for a token', 'for a token', 'for an image', 'for an image', 'for a second', undefined]);
});

test('quotes are exact unless something of the price is not certain', () => {
  expect(withoutReason({ additional_info: 'known', several_models: false })).toBeUndefined();
  expect(withoutReason({ additional_info: 'known', several_models: true })).toContain('several models');
  expect(withoutReason({ additional_info: 'known', several_models: false, denomination: 'USD' })).toContain('USD');
  expect(withoutReason({ additional_info: 'unknown', several_models: false })).toContain('unknown');
  expect(withoutReason({ additional_info: 'unreadable', several_models: false })).toContain('no known form');
});
